package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The prices that teams are charged at. */
public final class PriceBook {
    /** What a price is for; prices that differ only in their time replace each other. */
    private record Subject(String currency, UUID teamId, String meter, String model) {
    }

    private final Map<Subject, NavigableMap<Instant, Price>> versions = new HashMap<>();

    /**
     * A book of these prices.
     *
     * @param prices general ones and teams' own, in any currency
     */
    public PriceBook(Collection<Price> prices) {
        for (Price price : prices) {
            var subject = new Subject(price.currency(), price.teamId(), price.meter(), price.model());
            versions.computeIfAbsent(subject, first -> new TreeMap<>()).put(price.effectiveFrom(), price);
        }
    }

    /**
     * The price that was in force: the most specific first, and of its versions the latest that had begun.
     *
     * @param currency the team's
     * @param model the model used, null for none
     */
    public Optional<Price> at(Instant time, UUID teamId, String currency, String meter, String model) {
        Stream<Subject> mostSpecificFirst = model == null
                ? Stream.of(new Subject(currency, teamId, meter, null), new Subject(currency, null, meter, null))
                : Stream.of(new Subject(currency, teamId, meter, model), new Subject(currency, teamId, meter, null),
                        new Subject(currency, null, meter, model), new Subject(currency, null, meter, null));
        return mostSpecificFirst.map(subject -> inForce(subject, time)).filter(Objects::nonNull).findFirst();
    }

    private Price inForce(Subject subject, Instant time) {
        NavigableMap<Instant, Price> all = versions.get(subject);
        var latest = all == null ? null : all.floorEntry(time);
        return latest == null ? null : latest.getValue();
    }
}
