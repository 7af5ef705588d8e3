package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * The windows that this replica counts by itself: a share of each limit, exact here. A window begins with a use and is
 * forgotten when it ends.
 */
final class OwnWindows {
    private static final int MOST_KEYS = 200_000;

    /** A window belongs to its limit: an edited limit begins anew. */
    private record Key(UUID keyId, RateLimit limit) {
    }

    private final Clock clock;
    private final int replicas;
    private final Cache<Key, Window> windows;
    private final Function<Key, Window> begin;

    /**
     * Windows of one replica of several.
     *
     * @param replicas among how many each limit is divided
     */
    OwnWindows(Clock clock, int replicas) {
        this.clock = clock;
        this.replicas = replicas;
        this.windows = Caffeine.newBuilder().maximumSize(MOST_KEYS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.writing((Key key, Window window) -> Duration.ofMillis(window.millisLeft(clock.millis()))))
                .build();
        this.begin = key -> new Window(0, clock.millis() + key.limit().windowMillis());
    }

    /** Takes uses from this replica's share, if all of them are there. */
    Take take(UUID keyId, RateLimit whole, int uses) {
        RateLimit limit = share(whole);
        Key key = new Key(keyId, limit);
        boolean mayTake = uses > 0 && uses <= limit.limit();
        Window window = mayTake ? windows.get(key, begin) : windows.getIfPresent(key);
        return window == null
                ? new Window(0, 0).take(limit, uses, 0)
                : window.take(limit, uses, clock.millis());
    }

    /** Goes on from what all replicas together have used, should this one have to count by itself. */
    void follow(UUID keyId, RateLimit whole, long used, long millisLeft) {
        if (millisLeft > 0) {
            long mine = (used + replicas - 1) / replicas;
            windows.put(new Key(keyId, share(whole)), new Window(mine, clock.millis() + millisLeft));
        }
    }

    /** Rounded down, so that the shares together are no more than the limit; at least 1, so that no key is shut out. */
    private RateLimit share(RateLimit whole) {
        return replicas == 1 ? whole : new RateLimit(Math.max(1, whole.limit() / replicas), whole.windowSeconds());
    }
}
