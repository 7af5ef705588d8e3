package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What some events cost, added up as budgets count. */
final class Tally {
    private final Map<BudgetWindow, Map<UUID, BigDecimal>> sums = new LinkedHashMap<>();

    /** Adds up events by the windows in which they happened; what costs nothing changes nothing. */
    static Tally of(Collection<Budget> budgets, Collection<Spending> spendings) {
        Tally tally = new Tally();
        for (Spending spending : spendings) {
            budgets.stream().filter(budget -> budget.covers(spending.spender())).forEach(budget -> tally.add(budget, spending));
        }
        return tally;
    }

    private void add(Budget budget, Spending spending) {
        var window = new BudgetWindow(budget, budget.terms().window(spending.at()));
        Map<UUID, BigDecimal> counts = sums.computeIfAbsent(window, first -> new LinkedHashMap<>());
        counts.merge(budget.id(), spending.cost(), BigDecimal::add);
        if (budget.terms().scope().isOfEach()) {
            counts.merge(budget.subject(spending.spender()), spending.cost(), BigDecimal::add);
        }
    }

    /** The windows in which something was spent. */
    Set<BudgetWindow> windows() {
        return sums.keySet();
    }

    /** The budgets that count some of it. */
    Set<Budget> budgets() {
        Set<Budget> budgets = new LinkedHashSet<>();
        windows().forEach(each -> budgets.add(each.budget()));
        return budgets;
    }

    /** By whom something was spent, as the budgets count. */
    Set<UUID> subjects() {
        Set<UUID> subjects = new LinkedHashSet<>();
        sums.values().forEach(counts -> subjects.addAll(counts.keySet()));
        return subjects;
    }

    /** The sums of these windows. */
    List<Count> counts(Set<BudgetWindow> windows) {
        return sums.entrySet().stream().filter(entry -> windows.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().entrySet().stream()
                        .map(sum -> new Count(entry.getKey(), sum.getKey(), sum.getValue())))
                .toList();
    }
}
