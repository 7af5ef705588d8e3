package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where a budget stands: who has used it up.
 *
 * @param spent what each subject has spent in its present window and in those to come that anything counts in already; nothing
 *        where a subject is not there
 * @param holds the reservations of each subject
 */
record Standing(Budget budget, Map<Window, Map<UUID, BigDecimal>> spent, Map<UUID, List<Hold>> holds) {

    /**
     * Who is refused, and when.
     *
     * @param among the subjects that it is asked of, null for all
     */
    List<Exhausted> exhausted(Set<UUID> among) {
        List<Exhausted> exhausted = new ArrayList<>();
        if (budget.terms().enforced()) {
            spent.forEach((window, sums) -> subjects(sums, among)
                    .forEach(subject -> exhaustion(window, subject, sums, exhausted)));
        }
        return exhausted;
    }

    private Set<UUID> subjects(Map<UUID, BigDecimal> sums, Set<UUID> among) {
        Set<UUID> subjects = new LinkedHashSet<>(holds.keySet());
        subjects.addAll(sums.keySet());
        subjects.removeIf(subject -> !budget.limits(subject) || among != null && !among.contains(subject));
        return subjects;
    }

    private void exhaustion(Window window, UUID subject, Map<UUID, BigDecimal> sums, List<Exhausted> exhausted) {
        BigDecimal sum = sums.getOrDefault(subject, BigDecimal.ZERO);
        Exhaustion.of(window, budget.terms().hardLimit(), sum, holds.getOrDefault(subject, List.of()))
                .ifPresent(during -> exhausted.add(new Exhausted(budget, budget.refused(subject), during)));
    }
}
