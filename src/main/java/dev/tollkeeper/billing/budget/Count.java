package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was spent in a window of a budget.
 *
 * @param subject by whom: a key or user that has a count of its own, or the budget's own id for the whole
 */
record Count(BudgetWindow of, UUID subject, BigDecimal spent) {
    /** What was spent in each window, by subject. */
    static Map<BudgetWindow, Map<UUID, BigDecimal>> byWindow(List<Count> counts) {
        Map<BudgetWindow, Map<UUID, BigDecimal>> spent = new HashMap<>();
        counts.forEach(
                count -> spent.computeIfAbsent(count.of(), first -> new HashMap<>()).put(count.subject(), count.spent()));
        return spent;
    }

    /** Whether the limit of the budget is one for this count. */
    boolean isLimited() {
        return of.budget().limits(subject);
    }
}
