package dev.tollkeeper.billing.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.PriceTerms;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Invariants 1 to 4, 7 to 9 and 11: random histories of many teams at the same time, over HTTP and on the real database. Whatever is
 * done, the books say what a plain fold over it says ({@link TeamModel}), at every step and in the end.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class HistoryProperties {
    private static final long FIRST_SEED = 20_270_620;
    private static final int TEAMS = 24;
    private static final int STEPS = 34;
    /** So that the histories go on over the end of a month. */
    private static final Instant BEGIN = Instant.parse("2027-06-28T00:00:00Z");
    private static final Duration USAGE_COMES_LATE = Duration.ofDays(35);

    private final List<String> meters = Stream.generate(Usage::meter).limit(6).toList();

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /**
     * Seen to fail with CreditRules.BURN_ORDER without the priority, with the latest price in the place of that of the event's time in
     * PriceBook, and with credit granted anew when it is sent again.
     */
    @Test
    void whateverIsDoneTheBooksAreTheFoldOfIt() {
        // Given
        var random = new SplittableRandom(FIRST_SEED);
        TestClock.moveTo(BEGIN);
        List<ModelPrice> prices = prices(random);
        List<TeamHistory> histories = LongStream.range(FIRST_SEED, FIRST_SEED + TEAMS)
                .mapToObj(seed -> new TeamHistory(seed, meters, prices)).toList();
        // When
        Instant now = BEGIN;
        for (int step = 0; step < STEPS; step++) {
            Instant time = now;
            TestClock.moveTo(time);
            AtOnce.each(histories, history -> history.step(time));
            now = now.plus(Duration.ofHours(1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4)));
        }
        // Then
        Instant end = now;
        AtOnce.each(histories, history -> new HistoryAudit(history, BEGIN.minus(USAGE_COMES_LATE), end).insist());
        assertThat(Database.query("SELECT currency FROM ledger_entry GROUP BY currency HAVING sum(amount) <> 0"))
                .as("invariant 1: the whole ledger sums to zero").isEmpty();
        assertEverythingHappened(histories);
    }

    private List<ModelPrice> prices(SplittableRandom random) {
        List<ModelPrice> prices = new ArrayList<>();
        // The last meter has no price but what teams are given of their own.
        for (String meter : meters.subList(0, meters.size() - 1)) {
            for (String model : new String[]{null, "a"}) {
                for (int version = 0; version < 3; version++) {
                    Instant from = BEGIN.plusSeconds(random.nextInt(-45 * 86_400, 10 * 86_400));
                    prices.add(ModelPrice.make(meter, model, null, PriceTerms.random(random), from));
                }
            }
        }
        return prices;
    }

    /** A history in which nothing happens would prove nothing. */
    private static void assertEverythingHappened(List<TeamHistory> histories) {
        Map<String, Integer> counts = new TreeMap<>();
        histories.forEach(history -> history.counts().forEach((what, times) -> counts.merge(what, times, Integer::sum)));
        assertThat(counts).containsOnlyKeys("again", "credits", "event accepted", "event accepted unpriced", "event duplicate",
                "event rejected event_conflict", "event rejected invalid_request", "event rejected not_found",
                "event rejected occurred_at_out_of_range", "failed", "idempotency_conflict", "insufficient_balance", "price",
                "release", "reservations", "settle", "state_conflict");
        assertThat(counts.values()).as("%s", counts).allMatch(times -> times >= 20);
        assertThat(counts.get("event accepted")).isGreaterThan(5000);
        assertThat(histories.stream().flatMap(history -> history.model.entries().stream()).map(TeamModel.Entry::kind))
                .contains("expiry", "usage", "credit");
    }
}
