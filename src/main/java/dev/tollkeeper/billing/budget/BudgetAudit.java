package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Changes;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.money.Decimals;
import io.smallrye.mutiny.Uni;

/** Tells the audit log what was done to a budget, in the transaction in which it was done. */
@Singleton
class BudgetAudit {
    private final AuditTrail trail;

    BudgetAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Tells of a budget that was made or is no more; {@code done} is the past participle. */
    Uni<Void> tell(Sql sql, String done, Budget budget) {
        Map<String, Object> description = new LinkedHashMap<>();
        BudgetTerms terms = budget.terms();
        description.put("project_id", budget.projectId());
        description.put("name", terms.name());
        description.put("scope", terms.scope().word());
        description.put("key_id", terms.keyId());
        description.put("user_id", terms.userId());
        description.put("period", terms.period().word());
        description.put("timezone", terms.zone().getId());
        description.put("thresholds", words(terms.thresholds()));
        description.put("hard_limit", Decimals.money(terms.hardLimit()));
        description.put("enforced", terms.enforced());
        return append(sql, done, budget, description);
    }

    /** Tells of what was edited. */
    Uni<Void> updated(Sql sql, Budget before, Budget after) {
        BudgetTerms from = before.terms();
        BudgetTerms to = after.terms();
        return append(sql, "updated", after, Changes.none()
                .and("name", from.name(), to.name())
                .and("scope", from.scope().word(), to.scope().word())
                .and("key_id", from.keyId(), to.keyId())
                .and("user_id", from.userId(), to.userId())
                .and("period", from.period().word(), to.period().word())
                .and("timezone", from.zone().getId(), to.zone().getId())
                .and("thresholds", words(from.thresholds()), words(to.thresholds()))
                .and("hard_limit", Decimals.money(from.hardLimit()), Decimals.money(to.hardLimit()))
                .and("enforced", from.enforced(), to.enforced()).asMap());
    }

    private Uni<Void> append(Sql sql, String done, Budget budget, Map<String, ?> changes) {
        return trail.append(sql, new AuditEvent(budget.teamId(), "budget." + done, "budget", budget.id().toString(), changes));
    }

    private static List<String> words(List<BigDecimal> thresholds) {
        return thresholds.stream().map(BigDecimal::toPlainString).toList();
    }
}
