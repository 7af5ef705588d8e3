package dev.tollkeeper.access;

import java.util.Collection;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * The checks that use something up, after {@link KeyChecks}: scope → rate limit → balance and uses. A request that is
 * refused on the way has used up nothing when it is answered.
 */
@Singleton
class Admission {
    private final RateLimiter limiter;
    private final Sql sql;

    Admission(RateLimiter limiter, Pool pool) {
        this.limiter = limiter;
        this.sql = Sql.on(pool);
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
        Result paced = pace(key, cost);
        if (paced.refusal().isPresent()) {
            return Uni.createFrom().item(paced);
        }
        if (key.prepaidBalance() != null && key.prepaidBalance().signum() <= 0) {
            giveBack(key, cost);
            return Uni.createFrom().item(refused(key, ErrorCode.INSUFFICIENT_BALANCE, null));
        }
        return takeUses(key, cost, paced.rate());
    }

    /** As {@link #admit}, where that needs no database; null where it does. */
    Result admitAtOnce(KeyRecord key, Collection<String> scopes, int cost) {
        if (key.remainingUses() != null || key.prepaidBalance() != null) {
            return null;
        }
        return KeyChecks.covers(key, scopes) ? pace(key, cost) : refused(key, ErrorCode.SCOPE_MISSING, null);
    }

    /** Counts a call of the management endpoints against the key's rate limit; its uses are for the paid API. */
    Result pace(KeyRecord key, int cost) {
        if (key.rateLimit() == null) {
            return new Result(Optional.empty(), null, key.remainingUses());
        }
        RateLimiter.Take take = limiter.take(key.keyId(), key.rateLimit(), cost);
        return take.taken()
                ? new Result(Optional.empty(), take.state(), key.remainingUses())
                : refused(key, ErrorCode.RATE_LIMITED, take.state());
    }

    private Uni<Result> takeUses(KeyRecord key, int cost, RateState rate) {
        if (key.remainingUses() == null) {
            return Uni.createFrom().item(new Result(Optional.empty(), rate, null));
        }
        return sql.run("""
                UPDATE api_key SET remaining_uses = remaining_uses - $3
                WHERE team_id = $1 AND id = $2 AND remaining_uses >= greatest($3, 1)
                RETURNING remaining_uses
                """, Tuple.of(key.teamId(), key.keyId(), (long) cost))
                .map(rows -> {
                    if (rows.rowCount() > 0) {
                        return new Result(Optional.empty(), rate, rows.iterator().next().getLong(0));
                    }
                    giveBack(key, cost);
                    return refused(key, ErrorCode.BUDGET_EXHAUSTED, null);
                })
                .onFailure().invoke(failed -> giveBack(key, cost));
    }

    private void giveBack(KeyRecord key, int cost) {
        if (key.rateLimit() != null) {
            limiter.giveBack(key.keyId(), key.rateLimit(), cost);
        }
    }

    private static Result refused(KeyRecord key, ErrorCode code, RateState rate) {
        return new Result(Optional.of(code), rate, key.remainingUses());
    }
}
