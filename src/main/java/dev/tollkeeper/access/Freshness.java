package dev.tollkeeper.access;

import java.time.Duration;

import jakarta.inject.Singleton;

/** Whether what is remembered is young enough, or was confirmed lately enough, to go by. */
@Singleton
class Freshness {
    private final ChangeChannel channel;
    private final Duration maxAge;
    private final Duration maxStale;

    Freshness(ChangeChannel channel, CacheSettings settings) {
        this.channel = channel;
        this.maxStale = settings.maxStale();
        // Whoever wants no key served without the database wants none served unasked either: nobody can tell beforehand.
        this.maxAge = settings.maxAge().compareTo(maxStale) < 0 ? settings.maxAge() : maxStale;
    }

    /** For how long things are remembered without word from the channel. */
    Duration maxAge() {
        return maxAge;
    }

    /** Whether to go by it. */
    boolean isFresh(Remembered.Entry<?> entry) {
        return isFresh(entry, maxAge);
    }

    /** Whether to go by it where the database is out of reach. */
    boolean isFreshEnoughWithoutDatabase(Remembered.Entry<?> entry) {
        return isFresh(entry, maxStale);
    }

    private boolean isFresh(Remembered.Entry<?> entry, Duration within) {
        // The channel first: that it is heard is what is true nearly always.
        return !within.isZero() && channel.heardWithin(within.toNanos())
                || System.nanoTime() - entry.loadedAtNanos() < within.toNanos();
    }
}
