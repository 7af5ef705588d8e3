package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.budget.BudgetCounter;
import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.billing.ledger.LockedAccount;
import dev.tollkeeper.billing.pricing.PriceRepository;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectAccess;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;

/** Takes usage in: one transaction a request, from the ids to the debit. */
@Singleton
class UsageService {
    private static final int MOST_EVENTS = 1000;

    private final Transactions database;
    private final ProjectAccess projects;
    private final UsageRepository usage;
    private final UsagePartitions partitions;
    private final PriceRepository prices;
    private final Ledger ledger;
    private final BudgetCounter budgets;
    private final Clock clock;

    UsageService(Transactions database, ProjectAccess projects, UsageRepository usage, UsagePartitions partitions,
            PriceRepository prices, Ledger ledger, BudgetCounter budgets, Clock clock) {
        this.database = database;
        this.projects = projects;
        this.usage = usage;
        this.partitions = partitions;
        this.prices = prices;
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** Records usage; the answer comes after the commit. */
    Uni<UsageReceipt> record(Caller caller, String projectId, List<EventInput> inputs) {
        if (inputs.isEmpty() || inputs.size() > MOST_EVENTS) {
            throw DomainError.invalidField("events", "must be 1 to " + MOST_EVENTS + " events");
        }
        return projects.require(caller, projectId)
                .invoke(project -> requireReporter(caller, project))
                .chain(project -> record(project, inputs));
    }

    /** A key has the scope, which the access check has seen to; a user has to be an admin. */
    private static void requireReporter(Caller caller, ProjectRef project) {
        if (caller instanceof UserCaller && project.role() != Role.ADMIN) {
            throw Caller.adminRequired();
        }
    }

    private Uni<UsageReceipt> record(ProjectRef project, List<EventInput> inputs) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EventResult[] results = new EventResult[inputs.size()];
        List<UsageEvent> events = read(inputs, results);
        if (events.isEmpty()) {
            return Uni.createFrom().item(UsageReceipt.of(List.of(results)));
        }
        return partitions.ensure(now)
                .chain(() -> database.run(sql -> ingest(sql, project, events, now)))
                .map(taken -> UsageReceipt.of(merge(results, taken)));
    }

    /** The events that can be read; the others' results are put in their places. */
    private static List<UsageEvent> read(List<EventInput> inputs, EventResult[] results) {
        List<UsageEvent> events = new ArrayList<>();
        for (int place = 0; place < results.length; place++) {
            EventInput input = inputs.get(place);
            try {
                events.add(EventReader.read(input));
            } catch (DomainError unreadable) {
                results[place] = EventResult.invalid(input.id(), unreadable);
            }
        }
        return events;
    }

    private static List<EventResult> merge(EventResult[] results, List<EventResult> taken) {
        List<EventResult> merged = new ArrayList<>(results.length);
        Iterator<EventResult> next = taken.iterator();
        for (EventResult result : results) {
            merged.add(result == null ? next.next() : result);
        }
        return merged;
    }

    /** All in the one transaction. The lock on the team's balance comes first, so a team's requests are one after the other. */
    private Uni<List<EventResult>> ingest(Sql sql, ProjectRef project, List<UsageEvent> events, Instant now) {
        return ledger.lock(sql, project.teamId())
                .chain(account -> judge(sql, project, events, now)
                        .chain(judgements -> book(sql, account, judgements, now)));
    }

    private Uni<List<Judgement>> judge(Sql sql, ProjectRef project, List<UsageEvent> events, Instant now) {
        return usage.known(sql, project.teamId(), events)
                .chain(known -> usage.keys(sql, project.teamId(), project.projectId(), events)
                        .map(keys -> new EventJudge(project.projectId(), known, keys, now)))
                .map(judge -> events.stream().map(judge::judge).toList());
    }

    /** Books events that were judged, under the lock that the account comes with. */
    Uni<List<EventResult>> book(Sql sql, LockedAccount account, List<Judgement> judgements, Instant now) {
        List<Judgement> accepted = judgements.stream().filter(Judgement::isAccepted).toList();
        if (accepted.isEmpty()) {
            return Uni.createFrom().item(results(judgements, List.of()));
        }
        UUID batch = Ids.next();
        return charge(sql, account, accepted)
                .call(charged -> usage.store(sql, account.teamId(), batch, now, charged))
                .call(charged -> debit(sql, account, ChargedEvent.total(charged), batch))
                .call(charged -> budgets.count(sql, account.teamId(), charged.stream().map(ChargedEvent::spending).toList(),
                        now))
                .map(charged -> results(judgements, charged));
    }

    private Uni<List<ChargedEvent>> charge(Sql sql, LockedAccount account, List<Judgement> accepted) {
        Set<String> meters = accepted.stream().map(taken -> taken.event().meter()).collect(Collectors.toSet());
        Set<String> models = accepted.stream().map(taken -> taken.event().model()).filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return prices.book(sql, account.teamId(), account.currency(), meters, models)
                .map(book -> accepted.stream().map(taken -> ChargedEvent.of(taken, book)).toList());
    }

    private Uni<Void> debit(Sql sql, LockedAccount account, BigDecimal cost, UUID batch) {
        return cost.signum() == 0 ? Uni.createFrom().voidItem() : ledger.debitUsage(sql, account, cost, batch);
    }

    private static List<EventResult> results(List<Judgement> judgements, List<ChargedEvent> charged) {
        Iterator<ChargedEvent> next = charged.iterator();
        return judgements.stream().map(judgement -> judgement.isAccepted() && next.next().priceId() == null
                ? EventResult.unpriced(judgement.event())
                : judgement.result()).toList();
    }
}
