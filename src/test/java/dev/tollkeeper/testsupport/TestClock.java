package dev.tollkeeper.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.test.Mock;

/** The service's clock in tests: the system's, until a test moves it. Put it back with {@link #reset()}. */
public final class TestClock extends Clock {
    private static final AtomicReference<Duration> OFFSET = new AtomicReference<>(Duration.ZERO);

    private TestClock() {
    }

    /** Moves the service to another time, from where it goes on. */
    public static void moveTo(Instant instant) {
        OFFSET.set(Duration.between(Instant.now(), instant));
    }

    /** Moves the service ahead. */
    public static void advance(Duration duration) {
        OFFSET.updateAndGet(offset -> offset.plus(duration));
    }

    /** What time it is for the service. */
    public static Instant now() {
        return Instant.now().plus(OFFSET.get());
    }

    /** Does something at the system's time, wherever the service is moved to otherwise. */
    static <T> T atSystemTime(Supplier<T> work) {
        Duration moved = OFFSET.getAndSet(Duration.ZERO);
        try {
            return work.get();
        } finally {
            OFFSET.set(moved);
        }
    }

    /** Back to the system's time. */
    public static void reset() {
        OFFSET.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Puts this clock in the place of the system's. */
    @Mock
    static final class Producer {
        @Produces
        @Singleton
        @Mock
        Clock clock() {
            return new TestClock();
        }
    }
}
