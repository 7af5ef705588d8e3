package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.money.Decimals;

/**
 * A budget as the API tells it.
 *
 * @param spent what was spent in the present window; of each key or user, by all of them together
 * @param resetsAt when the next window begins, null for none
 * @param spentBy of each key or user, the twenty that have spent the most; null for other scopes
 */
@Schema(name = "Budget")
record BudgetAnswer(UUID id, UUID projectId, String name, String scope, UUID keyId, UUID userId, String period, String timezone,
        List<BigDecimal> thresholds, String hardLimit, String currency, boolean enforced, String spent, Instant resetsAt,
        List<Share> spentBy, Instant createdAt, Instant updatedAt) {
    /** What one of them has spent. */
    @Schema(name = "BudgetShare")
    record Share(UUID keyId, UUID userId, String spent) {
        static Share of(BudgetScope scope, Count count) {
            String spent = Decimals.money(count.spent());
            return scope == BudgetScope.EACH_KEY
                    ? new Share(count.subject(), null, spent)
                    : new Share(null, count.subject(), spent);
        }
    }

    static BudgetAnswer of(BudgetState state) {
        Budget budget = state.budget();
        BudgetTerms terms = budget.terms();
        List<Share> shares = state.highest().stream().map(count -> Share.of(terms.scope(), count)).toList();
        return new BudgetAnswer(budget.id(), budget.projectId(), terms.name(), terms.scope().word(), terms.keyId(),
                terms.userId(), terms.period().word(), terms.zone().getId(), terms.thresholds(),
                Decimals.money(terms.hardLimit()), budget.currency(), terms.enforced(), Decimals.money(state.spent()),
                state.window().endsAt(), terms.scope().isOfEach() ? shares : null, budget.createdAt(), budget.updatedAt());
    }
}
