package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The prices that one team is charged at, in its currency. */
public final class PriceBook {
    /** What a price is for; prices that differ only in their time replace each other. */
    private record Subject(boolean ofTeam, String meter, String model) {
    }

    private final Map<Subject, NavigableMap<Instant, Price>> versions = new HashMap<>();

    /**
     * A book of these prices.
     *
     * @param prices general ones and the team's own, all in the team's currency
     */
    public PriceBook(Collection<Price> prices) {
        for (Price price : prices) {
            var subject = new Subject(price.teamId() != null, price.meter(), price.model());
            versions.computeIfAbsent(subject, first -> new TreeMap<>()).put(price.effectiveFrom(), price);
        }
    }

    /**
     * The price that was in force: the most specific first, and of its versions the latest that had begun.
     *
     * @param model the model used, null for none
     */
    public Optional<Price> at(Instant time, String meter, String model) {
        Stream<Subject> mostSpecificFirst = model == null
                ? Stream.of(new Subject(true, meter, null), new Subject(false, meter, null))
                : Stream.of(new Subject(true, meter, model), new Subject(true, meter, null), new Subject(false, meter, model),
                        new Subject(false, meter, null));
        return mostSpecificFirst.map(subject -> inForce(subject, time)).filter(Objects::nonNull).findFirst();
    }

    private Price inForce(Subject subject, Instant time) {
        NavigableMap<Instant, Price> all = versions.get(subject);
        var latest = all == null ? null : all.floorEntry(time);
        return latest == null ? null : latest.getValue();
    }
}
