package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * Counts uses of keys in windows: at most {@code limit} in each, exact on one replica. A window begins with a key's
 * first use and is full again when it ends.
 */
@Singleton
class RateLimiter {
    private static final int MOST_KEYS = 200_000;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A key's bucket belongs to its limit: an edited limit begins anew. */
    private record BucketKey(UUID keyId, RateLimit limit) {
    }

    private final Cache<BucketKey, Bucket> buckets = Caffeine.newBuilder().maximumSize(MOST_KEYS)
            .expireAfterAccess(Duration.ofDays(1)).build();
    private final TimeMeter time;

    RateLimiter(Clock clock) {
        this.time = new ClockMeter(clock);
    }

    /** Takes uses if all of them are there. */
    Take take(UUID keyId, RateLimit limit, int uses) {
        Bucket bucket = bucket(keyId, limit);
        if (uses == 0) {
            var state = bucket.estimateAbilityToConsume(1);
            return new Take(true, state(limit, state.getRemainingTokens(), state.getNanosToWaitForRefill()));
        }
        var probe = bucket.tryConsumeAndReturnRemaining(uses);
        return new Take(probe.isConsumed(), state(limit, probe.getRemainingTokens(), probe.getNanosToWaitForReset()));
    }

    /** Gives uses back that were taken for a request which was refused after all. */
    void giveBack(UUID keyId, RateLimit limit, int uses) {
        if (uses > 0) {
            bucket(keyId, limit).addTokens(uses);
        }
    }

    private Bucket bucket(UUID keyId, RateLimit limit) {
        return buckets.get(new BucketKey(keyId, limit), key -> Bucket.builder().withCustomTimePrecision(time)
                .addLimit(window(key.limit())).build());
    }

    private static Bandwidth window(RateLimit limit) {
        return Bandwidth.builder().capacity(limit.limit())
                .refillIntervally(limit.limit(), Duration.ofSeconds(limit.windowSeconds())).build();
    }

    private static RateState state(RateLimit limit, long remaining, long nanosToReset) {
        long seconds = (nanosToReset + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
        return new RateState(limit.limit(), limit.windowSeconds(), remaining,
                Math.max(remaining == limit.limit() ? 0 : 1, seconds));
    }

    /** Whether uses were taken, and where that leaves the key. */
    record Take(boolean taken, RateState state) {
    }

    /** The service's clock as Bucket4j reads it. */
    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
