package dev.tollkeeper.access;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * What this replica remembers of keys: immutable records by the digest of their secret, bounded in number.
 * <p>
 * Changes are numbered as they are heard of. An entry notes the number of the last change before its look-up began, and
 * counts only while nothing that it depends on has a later one. So neither the order in which look-ups and changes end, nor a
 * look-up that takes long, can bring back what is out of date.
 */
final class KeyCache {
    /** More changes than this are not told apart: everything is forgotten, and begins anew. */
    private static final int MOST_CHANGES = 200_000;

    private final Cache<SecretDigest, Entry> entries;
    private final ConcurrentMap<UUID, Long> changes = new ConcurrentHashMap<>();
    private volatile long lastChange;
    /** Entries from before this change do not count, whatever they are of. */
    private volatile long countsFrom;

    /** A remembered key. */
    static final class Entry {
        private final KeyRecord key;
        private final long loadedAtNanos;
        private final long changeBefore;
        /** The last change by which it was seen to be still right. */
        private volatile long rightAt;

        /**
         * A key as a look-up found it.
         *
         * @param loadedAtNanos when its look-up began, by {@link System#nanoTime()}
         * @param changeBefore the number of the last change before that
         */
        Entry(KeyRecord key, long loadedAtNanos, long changeBefore) {
            this.key = key;
            this.loadedAtNanos = loadedAtNanos;
            this.changeBefore = changeBefore;
            this.rightAt = changeBefore;
        }

        KeyRecord key() {
            return key;
        }

        long loadedAtNanos() {
            return loadedAtNanos;
        }
    }

    KeyCache(int maxKeys) {
        this.entries = Caffeine.newBuilder().maximumSize(maxKeys).build();
    }

    /** What is remembered of a secret and has not changed since, as far as this replica has heard; null where nothing is. */
    Entry find(SecretDigest digest) {
        Entry entry = entries.getIfPresent(digest);
        return entry == null || !isRight(entry) ? null : entry;
    }

    private boolean isRight(Entry entry) {
        // Read first: what is found right below is right by this change at least.
        long last = lastChange;
        if (entry.rightAt == last) {
            return true;
        }
        if (isOutOfDate(entry)) {
            return false;
        }
        entry.rightAt = last;
        return true;
    }

    private boolean isOutOfDate(Entry entry) {
        KeyRecord key = entry.key;
        long before = entry.changeBefore;
        return countsFrom > before || isLater(key.keyId(), before) || isLater(key.projectId(), before)
                || isLater(key.teamId(), before) || isLater(key.userId(), before);
    }

    private boolean isLater(UUID thing, long than) {
        Long change = changes.get(thing);
        return change != null && change > than;
    }

    /** The number of the last change; a look-up notes it before it begins. */
    long lastChange() {
        return lastChange;
    }

    /** Remembers what a look-up found, unless another that began later did already. */
    void put(SecretDigest digest, Entry entry) {
        entries.asMap().merge(digest, entry,
                (present, found) -> found.changeBefore >= present.changeBefore ? found : present);
    }

    /** Notes that a key, project, team or user has changed: what depends on it counts no more. */
    synchronized void changed(UUID thing) {
        if (changes.size() >= MOST_CHANGES) {
            clear();
        }
        long number = lastChange + 1;
        changes.put(thing, number);
        lastChange = number;
    }

    /** Forgets everything: some changes may have gone unheard. */
    synchronized void clear() {
        long number = lastChange + 1;
        countsFrom = number;
        lastChange = number;
        changes.clear();
        entries.invalidateAll();
    }

    /** How many secrets are remembered. */
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
