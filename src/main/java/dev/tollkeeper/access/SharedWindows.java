package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;

/**
 * The windows that all replicas count together, in Redis: exact over all of them, in one round trip each. Redis runs the
 * scripts one after the other and by its own clock, so nothing depends on the replicas' clocks. What is kept there are
 * ids of keys and numbers, and it expires with its window.
 */
final class SharedWindows {
    private static final Logger LOG = Logger.getLogger(SharedWindows.class);
    private static final String PREFIX = "tollkeeper:rate:";
    private static final String CHECK = "tollkeeper:rate-check";
    private static final int CHECK_LIMIT = 1_000_000;
    private static final int CHECK_WINDOW_MILLIS = 1_000;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    /** After the deadline an answer may come too late, so nothing is taken. */
    private static final RedisScript TAKE = RedisScript.of("""
            local limit, length, uses, deadline = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local window = redis.call('HMGET', KEYS[1], 'used', 'ends')
            local used, ends = tonumber(window[1] or 0), tonumber(window[2] or 0)
            if now >= ends then
              used, ends = 0, now + length
            end
            if now > deadline or used + uses > limit and uses > 0 then
              return {now, now > deadline and -1 or 0, used, ends}
            end
            if uses > 0 then
              redis.call('HSET', KEYS[1], 'used', used + uses, 'ends', ends)
              redis.call('PEXPIREAT', KEYS[1], ends)
            end
            return {now, 1, used + uses, ends}
            """);

    /** Nothing is given back to a later window than the one it was taken from. */
    private static final RedisScript GIVE_BACK = RedisScript.of("""
            if redis.call('HGET', KEYS[1], 'ends') == ARGV[2] then
              redis.call('HINCRBY', KEYS[1], 'used', -ARGV[1])
            end
            """);

    private final RedisLink link;
    private final OwnWindows own;
    private final Clock clock;
    /** Half of the time is the answer's. */
    private final long mayBeginWithinMillis;
    /** At least so far is Redis's clock ahead of this one. */
    private volatile long aheadMillis = Long.MIN_VALUE / 2;

    /**
     * Windows in the Redis at an address.
     *
     * @param own learns of each count, to go on from it should Redis be out of reach
     * @param meanwhile what happens then, for the log
     */
    SharedWindows(Vertx vertx, RedisOptions redis, Duration timeout, Clock clock, OwnWindows own, String meanwhile) {
        this.link = new RedisLink(vertx, redis, timeout, meanwhile, this::check);
        this.own = own;
        this.clock = clock;
        this.mayBeginWithinMillis = timeout.toMillis() / 2;
    }

    /** Connects; completes when that has worked or not. */
    Future<Void> start() {
        return link.start();
    }

    void stop() {
        link.stop();
    }

    boolean isUp() {
        return link.isUp();
    }

    /** Takes uses if all of them are there; fails where Redis does not answer in time. Goes on where the caller was. */
    Uni<Take> take(UUID keyId, RateLimit limit, int uses) {
        String key = PREFIX + keyId + ':' + limit.limit() + ':' + limit.windowSeconds();
        long deadline = clock.millis() + aheadMillis + mayBeginWithinMillis;
        return UniHelper.toUni(link
                .ask(connection -> TAKE.run(connection, key, limit.limit(), limit.windowMillis(), uses, deadline))
                .compose(reply -> read(keyId, limit, uses, key, learn(reply))));
    }

    private Future<Take> read(UUID keyId, RateLimit limit, int uses, String key, Response reply) {
        long now = reply.get(0).toLong();
        long outcome = reply.get(1).toLong();
        long used = reply.get(2).toLong();
        long ends = reply.get(3).toLong();
        if (outcome < 0) {
            return Future.failedFuture("Redis came to it too late");
        }
        own.follow(keyId, limit, used, ends - now);
        boolean taken = outcome > 0;
        return Future.succeededFuture(
                new Taken(taken, RateState.of(limit, used, ends - now), this, key, taken ? uses : 0, ends));
    }

    private Uni<Void> giveBack(String key, int uses, long ends) {
        return UniHelper.toUni(link.ask(connection -> GIVE_BACK.run(connection, key, uses, ends)))
                .onFailure().invoke(failed -> LOG.debugf("Not given back to %s: %s", key, failed.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private record Taken(boolean taken, RateState state, SharedWindows from, String key, int uses, long ends) implements Take {
        @Override
        public Uni<Void> giveBack() {
            return uses == 0 ? Uni.createFrom().voidItem() : from.giveBack(key, uses, ends);
        }
    }

    /** Takes a use that is nobody's: so Redis is of use only where it is reached, allowed and writable. */
    private Future<Response> check(RedisConnection connection) {
        return TAKE.run(connection, CHECK, CHECK_LIMIT, CHECK_WINDOW_MILLIS, 1, NO_DEADLINE).map(this::learn);
    }

    /**
     * Learns the distance of the clocks. An answer's way makes it look shorter than it is, so the longest counts; it shrinks
     * with each answer, lest a clock that was set back is never noticed.
     */
    private Response learn(Response reply) {
        aheadMillis = Math.max(aheadMillis - 1, reply.get(0).toLong() - clock.millis());
        return reply;
    }
}
