package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Uni;

/** Tells whether a reservation has room in every budget that counts its key. Under the lock on the team's balance that stays so. */
@Singleton
public class BudgetRoom {
    private final BudgetRepository budgets;
    private final WindowRepository windows;
    private final HoldRepository holds;
    private final BudgetCounter counter;

    BudgetRoom(BudgetRepository budgets, WindowRepository windows, HoldRepository holds, BudgetCounter counter) {
        this.budgets = budgets;
        this.windows = windows;
        this.holds = holds;
        this.counter = counter;
    }

    /**
     * Insists that there is room for an amount in each window that the reservation may be settled in.
     *
     * @return fails with {@code budget_exhausted} where there is not
     */
    public Uni<Void> require(Sql sql, UUID teamId, Spender spender, BigDecimal amount, Instant now, Instant expiresAt) {
        return budgets.ofProjects(sql, teamId, List.of(spender.projectId()))
                .map(found -> found.stream().filter(budget -> budget.terms().enforced() && budget.covers(spender)).toList())
                .chain(limiting -> limiting.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : require(sql, teamId, limiting, spender, amount, now, expiresAt));
    }

    private Uni<Void> require(Sql sql, UUID teamId, List<Budget> limiting, Spender spender, BigDecimal amount, Instant now,
            Instant expiresAt) {
        List<BudgetWindow> live = limiting.stream().flatMap(budget -> BudgetCounter.live(budget, now, expiresAt).stream())
                .toList();
        Set<UUID> subjects = limiting.stream().map(budget -> budget.subject(spender)).collect(Collectors.toSet());
        return counter.fill(sql, teamId, live)
                .chain(() -> windows.counts(sql, teamId, live, subjects))
                .chain(counts -> holds.open(sql, teamId, limiting, now)
                        .invoke(open -> requireEach(live, Count.byWindow(counts), open, spender, amount)))
                .replaceWithVoid();
    }

    private static void requireEach(List<BudgetWindow> live, Map<BudgetWindow, Map<UUID, BigDecimal>> spent, Holds open,
            Spender spender, BigDecimal amount) {
        for (BudgetWindow each : live) {
            UUID subject = each.budget().subject(spender);
            BigDecimal taken = spent.getOrDefault(each, Map.of()).getOrDefault(subject, BigDecimal.ZERO)
                    .add(open.sum(each.budget(), subject, each.window().startsAt()));
            if (taken.add(amount).compareTo(each.budget().terms().hardLimit()) > 0) {
                throw DomainError.of(ErrorCode.BUDGET_EXHAUSTED, "Less than this amount is left of the budget "
                        + each.budget().id() + ". Raise its limit, or reserve less.");
            }
        }
    }
}
