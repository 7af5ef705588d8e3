package dev.tollkeeper.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.inject.Inject;
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
    /** A clock that is put right bit by bit runs a little faster or slower; one that jumps does so by more than this. */
    private static final Duration JUMP = Duration.ofMillis(100);

    private final Clock clock;
    private final Supplier<Instant> machine;
    private final LongSupplier nanos;
    private volatile Seen seen;

    @Inject
    DatabaseClock(Clock clock, MeterRegistry registry) {
        this(clock, registry, Instant::now, System::nanoTime);
    }

    DatabaseClock(Clock clock, MeterRegistry registry, Supplier<Instant> machine, LongSupplier nanos) {
        this.clock = clock;
        this.machine = machine;
        this.nanos = nanos;
        this.seen = new Seen(Duration.ZERO, machine.get(), nanos.getAsLong());
        Gauge.builder("tollkeeper_clock_offset_seconds", () -> offset().toMillis() / MILLIS)
                .description("By how much the database's clock is ahead of this replica's").register(registry);
    }

    /**
     * What was seen when the clocks were compared.
     *
     * @param offset by how much the database's was ahead
     * @param at when that was, by this machine's clock
     * @param nanos the same, by the one that never jumps
     */
    private record Seen(Duration offset, Instant at, long nanos) {
    }

    /** The time. */
    public Instant now() {
        return clock.instant().plus(offset());
    }

    /** As it was seen, less what this machine's clock has jumped by since. */
    private Duration offset() {
        Seen last = seen;
        Duration jump = Duration.between(last.at().plusNanos(nanos.getAsLong() - last.nanos()), machine.get());
        return jump.abs().compareTo(JUMP) > 0 ? last.offset().minus(jump) : last.offset();
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
        Duration ahead = Duration.between(asked.plus(way.dividedBy(2)), told);
        // What may be the answer's way tells nothing of the clocks.
        seen = new Seen(ahead.abs().compareTo(way.abs()) > 0 ? ahead : Duration.ZERO, machine.get(), nanos.getAsLong());
    }
}
