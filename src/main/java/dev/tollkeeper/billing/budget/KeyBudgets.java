package dev.tollkeeper.billing.budget;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;

/** The budgets of single keys, which end with their key. */
@Singleton
public class KeyBudgets {
    private final Ledger ledger;
    private final BudgetRepository budgets;
    private final BudgetAudit audit;

    KeyBudgets(Ledger ledger, BudgetRepository budgets, BudgetAudit audit) {
        this.ledger = ledger;
        this.budgets = budgets;
        this.audit = audit;
    }

    /** Deletes the budgets of a key, in the transaction that deletes the key: before it ends, nobody can make another. */
    public Uni<Void> delete(Sql sql, UUID teamId, UUID keyId) {
        return ledger.lockIfOpen(sql, teamId)
                .chain(open -> open ? budgets.ofKey(sql, teamId, keyId) : Uni.createFrom().item(List.<Budget>of()))
                .chain(found -> deleteEach(sql, found.iterator()));
    }

    private Uni<Void> deleteEach(Sql sql, Iterator<Budget> left) {
        if (!left.hasNext()) {
            return Uni.createFrom().voidItem();
        }
        Budget budget = left.next();
        return budgets.delete(sql, budget)
                .chain(() -> audit.tell(sql, "deleted", budget))
                .chain(() -> deleteEach(sql, left));
    }
}
