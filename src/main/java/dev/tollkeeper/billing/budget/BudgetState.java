package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.util.List;

/**
 * A budget in its present window.
 *
 * @param spent what was spent in the window; of each key or user, by all of them together
 * @param highest of each key or user, who has spent the most
 */
record BudgetState(Budget budget, Window window, BigDecimal spent, List<Count> highest) {
    /** The state that some counts tell of; the budget's window may be among others. */
    static BudgetState of(BudgetWindow present, List<Count> counts) {
        Budget budget = present.budget();
        List<Count> own = counts.stream().filter(count -> count.of().equals(present)).toList();
        BigDecimal spent = own.stream().filter(count -> count.subject().equals(budget.id())).map(Count::spent).findFirst()
                .orElse(BigDecimal.ZERO);
        return new BudgetState(budget, present.window(), spent,
                own.stream().filter(count -> !count.subject().equals(budget.id())).toList());
    }
}
