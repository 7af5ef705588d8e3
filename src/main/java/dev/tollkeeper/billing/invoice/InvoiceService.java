package dev.tollkeeper.billing.invoice;

import java.time.Clock;
import java.time.YearMonth;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.BilledTeam;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.ZoneIds;
import io.smallrye.mutiny.Uni;

/** Reads invoices. */
@Singleton
class InvoiceService {
    private final Transactions database;
    private final InvoiceRepository invoices;
    private final Clock clock;

    InvoiceService(Transactions database, InvoiceRepository invoices, Clock clock) {
        this.database = database;
        this.invoices = invoices;
        this.clock = clock;
    }

    /** The month that is billed next, in UTC. */
    YearMonth currentMonth() {
        return BillingPeriod.of(clock.instant(), ZoneIds.UTC).month();
    }

    /** What a month's invoice says; where the month is open, what it would say now. */
    Uni<Invoice> of(BilledTeam team, YearMonth month) {
        Sql sql = database.single();
        return invoices.closedThrough(sql, team.id())
                .chain(through -> through.filter(last -> !month.isAfter(last)).isPresent()
                        ? closed(sql, team, month)
                        : open(sql, team.id(), month, team.currency()));
    }

    private Uni<Invoice> closed(Sql sql, BilledTeam team, YearMonth month) {
        return invoices.find(sql, team.id(), month)
                .map(found -> found.orElseGet(() -> Invoice.closedWithoutUsage(month, team.currency())));
    }

    /** What the invoice of an open month would say now. */
    Uni<Invoice> open(Sql sql, UUID teamId, YearMonth month, String currency) {
        return invoices.usage(sql, teamId, month).map(lines -> Invoice.open(month, currency, lines));
    }
}
