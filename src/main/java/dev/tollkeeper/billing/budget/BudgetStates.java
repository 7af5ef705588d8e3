package dev.tollkeeper.billing.budget;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;

/** Reads what was spent in budgets' present windows. A window that nobody has asked for yet is filled first. */
@Singleton
class BudgetStates {
    /** Of each key or user, so many are told. */
    private static final int MOST_TOLD = 20;

    private final Transactions database;
    private final Ledger ledger;
    private final WindowRepository windows;
    private final BudgetCounter counter;
    private final Clock clock;

    BudgetStates(Transactions database, Ledger ledger, WindowRepository windows, BudgetCounter counter, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.windows = windows;
        this.counter = counter;
        this.clock = clock;
    }

    /** The states of a team's budgets, in the same order. */
    Uni<List<BudgetState>> of(UUID teamId, List<Budget> budgets) {
        List<BudgetWindow> present = present(budgets, clock.instant());
        return windows.filled(database.single(), teamId, present)
                .chain(filled -> filled.containsAll(present) ? Uni.createFrom().voidItem() : fill(teamId, present))
                .chain(() -> read(database.single(), teamId, present));
    }

    private Uni<Void> fill(UUID teamId, List<BudgetWindow> present) {
        return database.run(sql -> ledger.lock(sql, teamId).chain(() -> counter.fill(sql, teamId, present))).replaceWithVoid();
    }

    /** The state of a budget whose window is filled. */
    Uni<BudgetState> read(Sql sql, Budget budget, Instant now) {
        return read(sql, budget.teamId(), present(List.of(budget), now)).map(all -> all.get(0));
    }

    private Uni<List<BudgetState>> read(Sql sql, UUID teamId, List<BudgetWindow> present) {
        return windows.highest(sql, teamId, present, MOST_TOLD)
                .map(counts -> present.stream().map(window -> BudgetState.of(window, counts)).toList());
    }

    private static List<BudgetWindow> present(List<Budget> budgets, Instant now) {
        return budgets.stream().map(budget -> new BudgetWindow(budget, budget.terms().window(now))).toList();
    }
}
