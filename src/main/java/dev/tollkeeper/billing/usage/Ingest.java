package dev.tollkeeper.billing.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.budget.BudgetCounter;
import dev.tollkeeper.billing.budget.Spending;
import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.billing.ledger.LockedAccount;
import dev.tollkeeper.billing.ledger.UsageDebit;
import dev.tollkeeper.billing.pricing.PriceBook;
import dev.tollkeeper.billing.pricing.PriceRepository;
import dev.tollkeeper.database.DatabaseClock;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Stores the events of some requests, of one team or of several, with their roll-up and their debits: all of it, or nothing.
 * Statements that do not need each other's answers are sent together, on the one connection, and so run one after the other.
 */
@Singleton
class Ingest {
    private final Transactions database;
    private final UsageRepository usage;
    private final PriceRepository prices;
    private final Ledger ledger;
    private final BudgetCounter budgets;
    private final DatabaseClock clock;

    Ingest(Transactions database, UsageRepository usage, PriceRepository prices, Ledger ledger, BudgetCounter budgets,
            DatabaseClock clock) {
        this.database = database;
        this.usage = usage;
        this.prices = prices;
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** What the database knows of the events before they are judged. */
    private record Background(KnownEvents known, KeysFound keys, PriceBook prices, Set<UUID> teamsWithBudgets) {
    }

    /** What is debited at once: a team's events of open months, or its late ones of one that is closed. */
    private record Debit(UUID teamId, YearMonth adjusts) {
    }

    /** What became of the events, request by request; the item comes after the commit. */
    Uni<List<List<EventResult>>> store(List<Submission> submissions) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Set<UUID> teams = submissions.stream().map(submission -> submission.project().teamId()).collect(Collectors.toSet());
        return database.run(sql -> ledger.lock(sql, teams)
                .chain(accounts -> store(sql, submissions, accounts, now)));
    }

    // Under the locks on the teams' balances, so that a team's transactions are one after the other.
    private Uni<List<List<EventResult>>> store(Sql sql, List<Submission> submissions, Map<UUID, LockedAccount> accounts,
            Instant now) {
        return background(sql, submissions, accounts.keySet()).chain(background -> {
            List<List<Judgement>> judgements = judge(submissions, background, now);
            List<PricedEvent> priced = price(submissions, judgements, accounts, background.prices(), now);
            return book(sql, priced, accounts, background.teamsWithBudgets(), now)
                    .replaceWith(() -> results(judgements, priced));
        });
    }

    private Uni<Background> background(Sql sql, List<Submission> submissions, Collection<UUID> teams) {
        List<UsageEvent> events = submissions.stream().flatMap(submission -> submission.events().stream()).toList();
        Set<String> meters = events.stream().map(UsageEvent::meter).collect(Collectors.toSet());
        Set<String> models = events.stream().map(UsageEvent::model).filter(Objects::nonNull).collect(Collectors.toSet());
        return Uni.combine().all()
                .unis(usage.known(sql, submissions), usage.keys(sql, submissions), prices.book(sql, teams, meters, models),
                        budgets.teams(sql, teams))
                .with(Background::new);
    }

    private static List<List<Judgement>> judge(List<Submission> submissions, Background background, Instant now) {
        var judge = new EventJudge(background.known(), background.keys(), now);
        return submissions.stream().map(submission -> submission.events().stream()
                .map(event -> judge.judge(submission.project(), event)).toList()).toList();
    }

    private static List<PricedEvent> price(List<Submission> submissions, List<List<Judgement>> judgements,
            Map<UUID, LockedAccount> accounts, PriceBook book, Instant now) {
        Map<Debit, UUID> batches = new HashMap<>();
        List<PricedEvent> priced = new ArrayList<>();
        for (int request = 0; request < submissions.size(); request++) {
            UUID team = submissions.get(request).project().teamId();
            LockedAccount account = accounts.get(team);
            for (Judgement judgement : judgements.get(request)) {
                if (judgement.isAccepted()) {
                    UsageEvent event = judgement.event();
                    Billed billed = Billed.of(event.occurredAt(), account.closedThrough(), now);
                    UUID batch = batches.computeIfAbsent(new Debit(team, billed.adjusts()), first -> Ids.next());
                    priced.add(new PricedEvent(team, batch, judgement, billed,
                            book.at(event.occurredAt(), team, account.currency(), event.meter(), event.model()).orElse(null)));
                }
            }
        }
        return priced;
    }

    /** Books an event that needs no judging, in the transaction that holds the lock on the team's balance. */
    Uni<Void> book(Sql sql, LockedAccount account, Judgement accepted, Instant now) {
        UUID team = account.teamId();
        UsageEvent event = accepted.event();
        return prices.book(sql, List.of(team), List.of(event.meter()), List.of())
                .map(book -> new PricedEvent(team, Ids.next(), accepted,
                        Billed.of(event.occurredAt(), account.closedThrough(), now),
                        book.at(event.occurredAt(), team, account.currency(), event.meter(), event.model()).orElse(null)))
                .chain(priced -> book(sql, List.of(priced), Map.of(team, account), Set.of(team), now));
    }

    private Uni<Void> book(Sql sql, List<PricedEvent> priced, Map<UUID, LockedAccount> accounts, Set<UUID> teamsWithBudgets,
            Instant now) {
        if (priced.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return quantities(sql, priced).chain(quantities -> {
            List<ChargedEvent> charged = priced.stream().map(event -> event.charged(quantities)).toList();
            return Uni.combine().all()
                    .unis(usage.store(sql, now, charged), usage.add(sql, quantities.added()),
                            ledger.debitUsage(sql, debits(charged, accounts)))
                    .discardItems()
                    .chain(() -> count(sql, charged, teamsWithBudgets, now));
        });
    }

    private Uni<Void> count(Sql sql, List<ChargedEvent> charged, Set<UUID> teamsWithBudgets, Instant now) {
        Map<UUID, List<Spending>> spendings = charged.stream().filter(event -> teamsWithBudgets.contains(event.teamId()))
                .collect(Collectors.groupingBy(ChargedEvent::teamId,
                        Collectors.mapping(ChargedEvent::spending, Collectors.toList())));
        return Multi.createFrom().iterable(spendings.entrySet())
                .onItem().transformToUniAndConcatenate(team -> budgets.count(sql, team.getKey(), team.getValue(), now))
                .collect().last().replaceWithVoid();
    }

    private Uni<Quantities> quantities(Sql sql, List<PricedEvent> priced) {
        Set<Metered> cumulative = priced.stream().filter(PricedEvent::isCumulative).map(PricedEvent::metered)
                .collect(Collectors.toSet());
        return usage.quantities(sql, cumulative).map(Quantities::new);
    }

    private static List<UsageDebit> debits(List<ChargedEvent> charged, Map<UUID, LockedAccount> accounts) {
        Map<UUID, UsageDebit> debits = new LinkedHashMap<>();
        for (ChargedEvent event : charged) {
            debits.merge(event.batchId(),
                    new UsageDebit(accounts.get(event.teamId()), event.batchId(), event.billed().adjusts(), event.cost()),
                    UsageDebit::plus);
        }
        return debits.values().stream().filter(debit -> debit.cost().signum() > 0).toList();
    }

    private static List<List<EventResult>> results(List<List<Judgement>> judgements, List<PricedEvent> priced) {
        Iterator<PricedEvent> next = priced.iterator();
        return judgements.stream().map(ofRequest -> ofRequest.stream().map(judgement -> result(judgement, next)).toList())
                .toList();
    }

    private static EventResult result(Judgement judgement, Iterator<PricedEvent> priced) {
        boolean isUnpriced = judgement.isAccepted() && priced.next().price() == null;
        return isUnpriced ? EventResult.unpriced(judgement.event()) : judgement.result();
    }
}
