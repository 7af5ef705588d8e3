package dev.tollkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> machine = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseClock clock = new DatabaseClock(Clock.fixed(NOON, ZoneOffset.UTC), registry, machine::get,
            nanos::get);

    @Test
    void itIsThisMachinesUntilTheDatabaseHasToldIts() {
        assertThat(clock.now()).isEqualTo(NOON);
    }

    @Test
    void aMachineThatIsAnHourBehindGoesByTheDatabase() {
        // When
        clock.compare(NOON, NOON.plusSeconds(3600), NOON.plusMillis(4));
        // Then
        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(3600).minusMillis(2));
        assertThat(registry.get("tollkeeper_clock_offset_seconds").gauge().value()).isEqualTo(3599.998);
    }

    @Test
    void soDoesOneThatIsAhead() {
        // When
        clock.compare(NOON, NOON.minusSeconds(60), NOON);
        // Then
        assertThat(clock.now()).isEqualTo(NOON.minusSeconds(60));
    }

    /** Seen to fail with every difference taken for the clocks'. */
    @Test
    void whatMayBeTheAnswersWayChangesNothing() {
        // Given
        clock.compare(NOON, NOON.plusSeconds(3600), NOON);
        // When
        clock.compare(NOON, NOON.plusMillis(900), NOON.plusSeconds(1));
        // Then
        assertThat(clock.now()).isEqualTo(NOON);
    }

    /** It is not waited for until the clocks are compared again. Seen to fail with the offset as it was last seen. */
    @Test
    void whatThisMachinesClockJumpsByIsTakenBackAtOnce() {
        // Given
        clock.compare(NOON, NOON.plusSeconds(60), NOON);
        // When
        nanos.addAndGet(500_000_000);
        machine.set(NOON.plusMillis(500).minusSeconds(3600));
        // Then
        assertThat(clock.now()).as("its clock is the test's, which stands still")
                .isEqualTo(NOON.plusSeconds(60).plusSeconds(3600));
    }
}
