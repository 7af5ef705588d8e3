package dev.tollkeeper.billing.invoice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.billing.ledger.LockedAccount;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.ZoneIds;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Closes months, team by team, some time after their end: what they cost is an invoice from then on. Each team's books are
 * closed in one transaction under the lock on its balance, so replicas that close at the same time do it once.
 */
@Singleton
class MonthClosing {
    private static final Logger LOG = Logger.getLogger(MonthClosing.class);
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final int TEAMS_AT_ONCE = 500;

    private final Transactions database;
    private final Ledger ledger;
    private final InvoiceRepository invoices;
    private final InvoiceService service;
    private final InvoiceSettings settings;
    private final Clock clock;

    MonthClosing(Transactions database, Ledger ledger, InvoiceRepository invoices, InvoiceService service,
            InvoiceSettings settings, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.invoices = invoices;
        this.service = service;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Clocks of replicas differ a little: a late event, which is billed when it comes, must never come in a month that
     * another replica takes for closed.
     */
    void onStart(@Observes StartupEvent event) {
        if (settings.closeAfter().compareTo(SHORTEST) < 0) {
            throw new IllegalStateException("TOLLKEEPER_INVOICES_CLOSE_AFTER is " + settings.closeAfter()
                    + "; it has to be at least 1h.");
        }
    }

    @Scheduled(every = "${tollkeeper.jobs.month-closing:10m}", delayed = "1m", identity = "month-closing", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> close() {
        Instant since = clock.instant().minus(settings.closeAfter());
        YearMonth last = BillingPeriod.of(since, ZoneIds.UTC).month().minusMonths(1);
        return closeFrom(null, last, since)
                .onFailure().invoke(failed -> LOG.warnf("Months were not closed: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> closeFrom(UUID after, YearMonth last, Instant since) {
        return invoices.closable(database.single(), last, since, after, TEAMS_AT_ONCE)
                .chain(teams -> teams.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : closeEach(teams, last).chain(() -> closeFrom(teams.get(teams.size() - 1), last, since)));
    }

    // One that fails keeps no other team's month open; it is tried again with the next run.
    private Uni<Void> closeEach(List<UUID> teams, YearMonth last) {
        return Multi.createFrom().iterable(teams)
                .onItem().transformToUniAndConcatenate(team -> close(team, last)
                        .onFailure().invoke(failed -> LOG.errorf(failed, "The books of team %s were not closed", team))
                        .onFailure().recoverWithNull())
                .collect().last();
    }

    private Uni<Void> close(UUID team, YearMonth last) {
        return database.run(sql -> ledger.lock(sql, team)
                .chain(account -> account.closedThrough() != null && !account.closedThrough().isBefore(last)
                        ? Uni.createFrom().voidItem()
                        : close(sql, account, last)));
    }

    private Uni<Void> close(Sql sql, LockedAccount account, YearMonth last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return invoices.openMonths(sql, account.teamId(), last)
                .onItem().transformToMulti(months -> Multi.createFrom().iterable(months))
                .onItem().transformToUniAndConcatenate(month -> service.open(sql, account.teamId(), month, account.currency())
                        .chain(invoice -> invoices.insert(sql, account.teamId(), invoice.close(now))))
                .collect().last()
                .chain(() -> invoices.closeThrough(sql, account.teamId(), last));
    }
}
