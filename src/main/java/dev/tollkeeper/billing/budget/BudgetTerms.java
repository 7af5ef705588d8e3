package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.tollkeeper.http.problem.DomainError;

/**
 * What a budget says.
 *
 * @param name null for none
 * @param keyId given exactly where the scope is one key
 * @param userId given exactly where the scope is one user
 * @param thresholds fractions of the limit, ascending
 * @param enforced whether it refuses keys once it is used up, or only warns
 */
record BudgetTerms(String name, BudgetScope scope, UUID keyId, UUID userId, BudgetPeriod period, ZoneId zone,
        List<BigDecimal> thresholds, BigDecimal hardLimit, boolean enforced) {

    /** @throws DomainError naming the field that does not go with the scope */
    BudgetTerms {
        requireWith(scope == BudgetScope.KEY, keyId, "key_id", "key");
        requireWith(scope == BudgetScope.USER, userId, "user_id", "user");
        thresholds = List.copyOf(thresholds);
    }

    private static void requireWith(boolean wanted, UUID id, String field, String scope) {
        if (wanted && id == null) {
            throw DomainError.invalidField(field, "must be given for a budget of the scope " + scope);
        }
        if (!wanted && id != null) {
            throw DomainError.invalidField(field, "goes only with the scope " + scope + ". Leave it out, or send null");
        }
    }

    /** The window that an instant lies in. */
    Window window(Instant instant) {
        return period.window(instant, zone);
    }

    /** Whether what was counted by the others' terms counts by these. */
    boolean countsLike(BudgetTerms other) {
        return scope == other.scope && Objects.equals(keyId, other.keyId) && Objects.equals(userId, other.userId)
                && period == other.period && zone.equals(other.zone);
    }
}
