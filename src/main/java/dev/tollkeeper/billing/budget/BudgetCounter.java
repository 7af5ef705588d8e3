package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;

/**
 * Counts what is spent toward budgets, and writes down what follows: thresholds that were reached, and who has used a budget up. All in
 * the caller's transaction, which holds the lock on the team's balance.
 */
@Singleton
public class BudgetCounter {
    /** Events may be so far ahead of the clock: their window may be one that has yet to begin. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final BudgetRepository budgets;
    private final WindowRepository windows;
    private final HoldRepository holds;
    private final ThresholdRepository thresholds;
    private final ExhaustionRepository exhaustions;

    BudgetCounter(BudgetRepository budgets, WindowRepository windows, HoldRepository holds, ThresholdRepository thresholds,
            ExhaustionRepository exhaustions) {
        this.budgets = budgets;
        this.windows = windows;
        this.holds = holds;
        this.thresholds = thresholds;
        this.exhaustions = exhaustions;
    }

    /** Those of these teams that have budgets. */
    public Uni<Set<UUID>> teams(Sql sql, Collection<UUID> teams) {
        return budgets.teams(sql, teams);
    }

    /** Counts events that were stored just before, in the same transaction. */
    public Uni<Void> count(Sql sql, UUID teamId, Collection<Spending> spendings, Instant now) {
        List<Spending> costly = spendings.stream().filter(spending -> spending.cost().signum() > 0).toList();
        if (costly.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<UUID> projects = costly.stream().map(spending -> spending.spender().projectId()).collect(Collectors.toSet());
        return budgets.ofProjects(sql, teamId, projects)
                .map(found -> Tally.of(found, costly))
                .chain(tally -> update(sql, teamId, tally.budgets(), tally, tally.subjects(), now));
    }

    /** Looks again at the budgets that count what somebody uses: their reservations have changed. */
    public Uni<Void> recount(Sql sql, UUID teamId, Spender spender, Instant now) {
        return budgets.ofProjects(sql, teamId, List.of(spender.projectId()))
                .map(found -> found.stream().filter(budget -> budget.covers(spender)).toList())
                .chain(found -> update(sql, teamId, found, new Tally(),
                        found.stream().map(budget -> budget.subject(spender)).collect(Collectors.toSet()), now));
    }

    /** Looks again at a budget of which anything may have changed. */
    Uni<Void> recount(Sql sql, Budget budget, Instant now) {
        return update(sql, budget.teamId(), List.of(budget), new Tally(), null, now);
    }

    /** Everything about these subjects, null for all of them, is right afterwards. */
    private Uni<Void> update(Sql sql, UUID teamId, Collection<Budget> changed, Tally tally, Set<UUID> subjects, Instant now) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return holds.open(sql, teamId, changed, now).chain(open -> {
            Set<BudgetWindow> live = live(changed, open, now);
            return add(sql, teamId, tally, live)
                    .chain(touched -> windows.counts(sql, teamId, touched, subjects))
                    .call(counts -> thresholds.fire(sql, teamId, counts, now))
                    .chain(counts -> exhaust(sql, teamId, standings(live, counts, open), subjects, now));
        });
    }

    /** The windows of now, and those to come in which something counts already. */
    private static Set<BudgetWindow> live(Collection<Budget> changed, Holds open, Instant now) {
        Set<BudgetWindow> live = new LinkedHashSet<>();
        for (Budget budget : changed) {
            live.addAll(live(budget, now, open.latestExpiry(budget, now.plus(AHEAD))));
        }
        return live;
    }

    /** A budget's windows from now until some time. */
    static List<BudgetWindow> live(Budget budget, Instant now, Instant until) {
        List<BudgetWindow> live = new ArrayList<>();
        Window window = budget.terms().window(now);
        live.add(new BudgetWindow(budget, window));
        while (window.endsAt() != null && window.endsAt().isBefore(until)) {
            window = budget.terms().window(window.endsAt());
            live.add(new BudgetWindow(budget, window));
        }
        return live;
    }

    /** Adds a tally to the windows that are filled, and fills those that are not: of events that the tally has, too. */
    private Uni<Set<BudgetWindow>> add(Sql sql, UUID teamId, Tally tally, Set<BudgetWindow> live) {
        Set<BudgetWindow> touched = Stream.concat(live.stream(), tally.windows().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return fill(sql, teamId, touched)
                .call(filledBefore -> windows.add(sql, teamId, tally.counts(filledBefore)))
                .replaceWith(touched);
    }

    /** Fills windows that are not; answers which were before. */
    Uni<Set<BudgetWindow>> fill(Sql sql, UUID teamId, Collection<BudgetWindow> wanted) {
        return windows.filled(sql, teamId, wanted)
                .call(filled -> windows.fill(sql, teamId, wanted.stream().filter(each -> !filled.contains(each)).toList()));
    }

    private static List<Standing> standings(Set<BudgetWindow> live, List<Count> counts, Holds open) {
        Map<BudgetWindow, Map<UUID, BigDecimal>> spent = Count.byWindow(counts);
        Map<Budget, Map<Window, Map<UUID, BigDecimal>>> budgets = new LinkedHashMap<>();
        live.forEach(each -> budgets.computeIfAbsent(each.budget(), first -> new LinkedHashMap<>())
                .put(each.window(), spent.getOrDefault(each, Map.of())));
        return budgets.entrySet().stream()
                .map(each -> new Standing(each.getKey(), each.getValue(), open.bySubject(each.getKey()))).toList();
    }

    private Uni<Void> exhaust(Sql sql, UUID teamId, List<Standing> standings, Set<UUID> subjects, Instant now) {
        List<BudgetWindow> current = standings.stream().map(Standing::budget)
                .map(budget -> new BudgetWindow(budget, budget.terms().window(now))).toList();
        Set<UUID> refusable = subjects == null
                ? null
                : standings.stream().map(Standing::budget)
                        .flatMap(budget -> subjects.stream().map(budget::refused)).collect(Collectors.toSet());
        List<Exhausted> exhausted = standings.stream().flatMap(standing -> standing.exhausted(subjects).stream()).toList();
        return exhaustions.replace(sql, teamId, current, refusable, exhausted);
    }
}
