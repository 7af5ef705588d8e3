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

    /** What is remembered and to go by, null where nothing is. */
    <K, V extends Changes.Dependent> Remembered.Entry<V> find(Remembered<K, V> remembered, K key) {
        return find(remembered, key, maxAge);
    }

    /** What is remembered and to go by where the database is out of reach, null where nothing is. */
    <K, V extends Changes.Dependent> Remembered.Entry<V> findWithoutDatabase(Remembered<K, V> remembered, K key) {
        return find(remembered, key, maxStale);
    }

    private <K, V extends Changes.Dependent> Remembered.Entry<V> find(Remembered<K, V> remembered, K key, Duration within) {
        // The channel first: what was heard of until a mark came is then looked at, too.
        boolean heard = !within.isZero() && channel.heardWithin(within.toNanos());
        Remembered.Entry<V> entry = remembered.find(key);
        return entry != null && (heard || System.nanoTime() - entry.loadedAtNanos() < within.toNanos()) ? entry : null;
    }
}
