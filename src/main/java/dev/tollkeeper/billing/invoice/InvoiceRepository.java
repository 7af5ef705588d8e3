package dev.tollkeeper.billing.invoice;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.ZoneIds;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Invoices, and the usage that they are made of. */
@Singleton
class InvoiceRepository {
    /** The usage of a month; its bounds are whole hours, so that the roll-up has it all. */
    Uni<List<InvoiceLine>> usage(Sql sql, UUID teamId, YearMonth month) {
        DateRange range = new BillingPeriod(month).range(ZoneIds.UTC);
        return sql.run("""
                SELECT meter, model, adjusts, sum(quantity) AS quantity, sum(cost) AS cost
                FROM usage_rollup WHERE team_id = $1 AND hour >= $2 AND hour < $3
                GROUP BY meter, model, adjusts ORDER BY adjusts NULLS FIRST, meter, model NULLS FIRST
                """, Tuple.of(teamId, Columns.offset(range.start()), Columns.offset(range.end())))
                .map(rows -> Rows.map(rows, row -> InvoiceLine.exact(row.getString("meter"), row.getString("model"),
                        Columns.month(row.getLocalDate("adjusts")), row.getBigDecimal("quantity"),
                        row.getBigDecimal("cost"))));
    }

    /** The months up to this one in which a team used something and which are not closed, in their order. */
    Uni<List<YearMonth>> openMonths(Sql sql, UUID teamId, YearMonth through) {
        return sql.run("""
                SELECT DISTINCT date_trunc('month', r.hour AT TIME ZONE 'UTC')::date AS month
                FROM ledger_account a JOIN usage_rollup r ON r.team_id = a.team_id
                    AND r.hour >= coalesce((a.closed_through + interval '1 month') AT TIME ZONE 'UTC', '-infinity')
                    AND r.hour < $2
                WHERE a.team_id = $1 AND a.account = 'balance' ORDER BY month
                """, Tuple.of(teamId, Columns.offset(new BillingPeriod(through).range(ZoneIds.UTC).end())))
                .map(rows -> Rows.map(rows, row -> Columns.month(row.getLocalDate("month"))));
    }

    /** The last month that is closed for a team; empty for none. */
    Uni<Optional<YearMonth>> closedThrough(Sql sql, UUID teamId) {
        return sql.run("SELECT closed_through FROM ledger_account WHERE team_id = $1 AND account = 'balance'", Tuple.of(teamId))
                .map(rows -> Rows.first(rows, row -> Columns.month(row.getLocalDate("closed_through"))));
    }

    /** Closes a team's books up to this month, under the lock on its balance. */
    Uni<Void> closeThrough(Sql sql, UUID teamId, YearMonth month) {
        return sql.run("UPDATE ledger_account SET closed_through = $2 WHERE team_id = $1 AND account = 'balance'",
                Tuple.of(teamId, Columns.firstDay(month))).replaceWithVoid();
    }

    /**
     * Some teams whose books can be closed up to this month, in the order of their ids; not those whose roll-ups are known to
     * differ from their events, for an invoice is made of them.
     *
     * @param since teams made later are left alone: they may be reporting what they used before they came
     * @param after the last team that was looked at, null for none
     */
    Uni<List<UUID>> closable(Sql sql, YearMonth through, Instant since, UUID after, int most) {
        return sql.run("""
                SELECT a.team_id FROM ledger_account a JOIN team t ON t.id = a.team_id
                LEFT JOIN reconciliation d ON d.team_id = a.team_id
                WHERE a.account = 'balance' AND (a.closed_through IS NULL OR a.closed_through < $1) AND t.created_at <= $2
                  AND ($3::uuid IS NULL OR a.team_id > $3) AND coalesce(d.roll_ups, 0) = 0
                ORDER BY a.team_id LIMIT $4
                """, Tuple.of(Columns.firstDay(through), Columns.offset(since), after, most))
                .map(rows -> Rows.map(rows, row -> row.getUUID("team_id")));
    }

    /** Stores a closed invoice. */
    Uni<Void> insert(Sql sql, UUID teamId, Invoice invoice) {
        List<InvoiceLine> lines = invoice.lines();
        return sql.run("INSERT INTO invoice (team_id, month, currency, total, closed_at) VALUES ($1, $2, $3, $4, $5)",
                Tuple.of(teamId, Columns.firstDay(invoice.month()), invoice.currency(), invoice.total(),
                        Columns.offset(invoice.closedAt())))
                .chain(() -> sql.run("""
                        INSERT INTO invoice_line (team_id, month, position, meter, model, adjusts, quantity, cost, amount)
                        SELECT $1, $2, position, meter, model, adjusts, quantity::numeric, cost::numeric, amount::numeric
                        FROM unnest($3::int[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[], $9::text[])
                            AS l (position, meter, model, adjusts, quantity, cost, amount)
                        """, Tuple.from(new Object[]{teamId, Columns.firstDay(invoice.month()),
                        IntStream.rangeClosed(1, lines.size()).boxed().toArray(Integer[]::new),
                        Columns.texts(lines, InvoiceLine::meter), Columns.texts(lines, InvoiceLine::model),
                        Columns.months(lines, InvoiceLine::adjusts),
                        Columns.texts(lines, line -> line.quantity().toPlainString()),
                        Columns.texts(lines, line -> line.cost().toPlainString()),
                        Columns.texts(lines, line -> line.amount().toPlainString())})))
                .replaceWithVoid();
    }

    /** A closed invoice; empty where the month has none. */
    Uni<Optional<Invoice>> find(Sql sql, UUID teamId, YearMonth month) {
        return sql.run("""
                SELECT i.currency, i.total, i.closed_at, l.meter, l.model, l.adjusts, l.quantity, l.cost, l.amount
                FROM invoice i JOIN invoice_line l ON l.team_id = i.team_id AND l.month = i.month
                WHERE i.team_id = $1 AND i.month = $2 ORDER BY l.position
                """, Tuple.of(teamId, Columns.firstDay(month))).map(rows -> invoice(month, rows));
    }

    private static Optional<Invoice> invoice(YearMonth month, RowSet<Row> rows) {
        List<InvoiceLine> lines = Rows.map(rows, row -> new InvoiceLine(row.getString("meter"), row.getString("model"),
                Columns.month(row.getLocalDate("adjusts")), row.getBigDecimal("quantity"), row.getBigDecimal("cost"),
                row.getBigDecimal("amount")));
        return Rows.first(rows, row -> new Invoice(month, row.getString("currency"), lines, row.getBigDecimal("total"), true,
                row.getOffsetDateTime("closed_at").toInstant()));
    }
}
