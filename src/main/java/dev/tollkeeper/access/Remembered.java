package dev.tollkeeper.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What this replica remembers of what it found in the database: immutable, and bounded in number.
 * <p>
 * An entry notes the number of the last change before its look-up began, and counts only while nothing that it depends on
 * has a later one. So neither the order in which look-ups and changes end, nor a look-up that takes long, can bring back
 * what is out of date.
 *
 * @param <K> by what it is found
 * @param <V> what is remembered
 */
final class Remembered<K, V extends Changes.Dependent> {
    private final Cache<K, Entry<V>> entries;
    private final Changes changes;

    /** One of the things remembered. */
    static final class Entry<V> {
        private final V value;
        private final long loadedAtNanos;
        private final long changeBefore;
        /** The last change by which it was seen to be still right. */
        private volatile long rightAt;

        /**
         * Something as a look-up found it.
         *
         * @param loadedAtNanos when its look-up began, by {@link System#nanoTime()}
         * @param changeBefore the number of the last change before that
         */
        Entry(V value, long loadedAtNanos, long changeBefore) {
            this.value = value;
            this.loadedAtNanos = loadedAtNanos;
            this.changeBefore = changeBefore;
            this.rightAt = changeBefore;
        }

        V value() {
            return value;
        }

        long loadedAtNanos() {
            return loadedAtNanos;
        }

        /** The number of a change by which it was still right. */
        long rightAt() {
            return rightAt;
        }
    }

    Remembered(int most, Changes changes) {
        this.entries = Caffeine.newBuilder().maximumSize(most).build();
        this.changes = changes;
    }

    /** What is remembered and has not changed since, as far as this replica has heard; null where nothing is. */
    Entry<V> find(K key) {
        Entry<V> entry = entries.getIfPresent(key);
        return entry == null || !isRight(entry) ? null : entry;
    }

    private boolean isRight(Entry<V> entry) {
        // Read first: what is found right below is right by this change at least.
        long last = changes.last();
        if (entry.rightAt == last) {
            return true;
        }
        if (changes.since(entry.changeBefore, entry.value)) {
            return false;
        }
        entry.rightAt = last;
        return true;
    }

    /** Remembers what a look-up found, unless another that began later did already. */
    void put(K key, Entry<V> entry) {
        entries.asMap().merge(key, entry, (present, found) -> found.changeBefore >= present.changeBefore ? found : present);
    }

    /** How much is remembered. */
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
