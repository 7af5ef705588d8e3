package dev.tollkeeper.access;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * The checks that use something up, after {@link KeyChecks}: scope → rate limit → balance, budgets and uses. A request that is
 * refused on the way has used up nothing when it is answered.
 */
@Singleton
class Admission {
    private final RateLimiter limiter;
    private final Sql sql;
    private final Clock clock;

    Admission(RateLimiter limiter, Pool pool, Clock clock) {
        this.limiter = limiter;
        this.sql = Sql.on(pool);
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param refusal the check that refused, empty where the key may be used
     * @param rate where the key stands with its rate limit, null for a key without one
     * @param remainingUses what is left of its uses, null for a key that has no such limit
     */
    record Result(Optional<ErrorCode> refusal, RateState rate, Long remainingUses) {
    }

    /** Admits a request to the paid API. */
    Uni<Result> admit(KeyRecord key, Collection<String> scopes, int cost) {
        if (!KeyChecks.covers(key, scopes)) {
            return Uni.createFrom().item(refused(key, ErrorCode.SCOPE_MISSING, null));
        }
        if (key.rateLimit() == null) {
            return spend(key, cost, Take.UNLIMITED);
        }
        if (limiter.countsHere()) {
            return spend(key, cost, limiter.takeHere(key.keyId(), key.rateLimit(), cost));
        }
        return limiter.take(key.keyId(), key.rateLimit(), cost).chain(take -> spend(key, cost, take));
    }

    /** As {@link #admit}, where that needs neither the database nor Redis; null where it does. */
    Result admitAtOnce(KeyRecord key, Collection<String> scopes, int cost) {
        boolean asks = key.remainingUses() != null || key.available() != null
                || key.rateLimit() != null && !limiter.countsHere();
        if (asks) {
            return null;
        }
        if (!KeyChecks.covers(key, scopes)) {
            return refused(key, ErrorCode.SCOPE_MISSING, null);
        }
        boolean usedUp = hasUsedUp(key);
        if (key.rateLimit() == null) {
            return usedUp ? refused(key, ErrorCode.BUDGET_EXHAUSTED, null) : new Result(Optional.empty(), null, null);
        }
        // What would be taken has to be given back, and that may wait.
        return usedUp ? null : paced(key, limiter.takeHere(key.keyId(), key.rateLimit(), cost));
    }

    /** Counts a call of the management endpoints against the key's rate limit; its uses are for the paid API. */
    Uni<Result> pace(KeyRecord key, int cost) {
        if (key.rateLimit() == null) {
            return Uni.createFrom().item(new Result(Optional.empty(), null, key.remainingUses()));
        }
        return limiter.take(key.keyId(), key.rateLimit(), cost)
                .map(take -> paced(key, take));
    }

    private static Result paced(KeyRecord key, Take take) {
        return take.taken()
                ? new Result(Optional.empty(), take.state(), key.remainingUses())
                : refused(key, ErrorCode.RATE_LIMITED, take.state());
    }

    private Uni<Result> spend(KeyRecord key, int cost, Take take) {
        if (!take.taken()) {
            return Uni.createFrom().item(refused(key, ErrorCode.RATE_LIMITED, take.state()));
        }
        if (key.available() != null && key.available().signum() <= 0) {
            return take.giveBack().replaceWith(refused(key, ErrorCode.INSUFFICIENT_BALANCE, null));
        }
        if (hasUsedUp(key)) {
            return take.giveBack().replaceWith(refused(key, ErrorCode.BUDGET_EXHAUSTED, null));
        }
        return takeUses(key, cost, take);
    }

    private boolean hasUsedUp(KeyRecord key) {
        return !key.usedUp().isEmpty() && KeyChecks.hasUsedUp(key, clock.instant());
    }

    private Uni<Result> takeUses(KeyRecord key, int cost, Take take) {
        if (key.remainingUses() == null) {
            return Uni.createFrom().item(new Result(Optional.empty(), take.state(), null));
        }
        return sql.run("""
                UPDATE api_key SET remaining_uses = remaining_uses - $3
                WHERE team_id = $1 AND id = $2 AND remaining_uses >= greatest($3, 1)
                RETURNING remaining_uses
                """, Tuple.of(key.teamId(), key.keyId(), (long) cost))
                .onFailure().call(failed -> take.giveBack())
                .chain(rows -> rows.rowCount() > 0
                        ? Uni.createFrom().item(new Result(Optional.empty(), take.state(), rows.iterator().next().getLong(0)))
                        : take.giveBack().replaceWith(refused(key, ErrorCode.BUDGET_EXHAUSTED, null)));
    }

    private static Result refused(KeyRecord key, ErrorCode code, RateState rate) {
        return new Result(Optional.of(code), rate, key.remainingUses());
    }
}
