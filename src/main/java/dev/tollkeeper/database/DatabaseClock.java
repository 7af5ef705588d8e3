package dev.tollkeeper.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The time by the database's clock, which all replicas share: for what must not depend on which of them is asked, as whether an event
 * is too far in the future. Until the database has told its time, and where the two agree as far as can be seen, this machine's.
 */
@Singleton
public class DatabaseClock {
    private static final double MILLIS = 1000;

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;

    DatabaseClock(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        Gauge.builder("tollkeeper_clock_offset_seconds", () -> offset.toMillis() / MILLIS)
                .description("By how much the database's clock is ahead of this replica's").register(registry);
    }

    /** The time. */
    public Instant now() {
        return clock.instant().plus(offset);
    }

    /**
     * Notes what the database's clock said.
     *
     * @param asked when it was asked, by this machine's clock
     * @param told what it said
     * @param answered when the answer came
     */
    public void compare(Instant asked, Instant told, Instant answered) {
        Duration way = Duration.between(asked, answered);
        Duration seen = Duration.between(asked.plus(way.dividedBy(2)), told);
        // What may be the answer's way tells nothing of the clocks.
        offset = seen.abs().compareTo(way.abs()) > 0 ? seen : Duration.ZERO;
    }
}
