package dev.tollkeeper.billing.export;

import java.util.List;

/** What can be exported: a query by team ({@code $1}) and time ({@code $2}, {@code $3}, half-open), and its columns. */
enum Exported {
    /** Entries of the balance. */
    LEDGER(List.of("seq", "id", "at", "kind", "amount", "balance_after", "currency", "reference_type", "reference_id",
            "reverses",
            "adjusts"),
            """
                    SELECT e.seq, e.id, t.at, t.kind, e.amount, e.balance_after, e.currency, t.reference_type, t.reference_id, t.reverses,
                           t.adjusts
                    FROM ledger_entry e JOIN ledger_transaction t ON t.team_id = e.team_id AND t.id = e.transaction_id
                    WHERE e.team_id = $1 AND e.account = 'balance' AND t.at >= $2 AND t.at < $3 ORDER BY e.seq
                    """),
    /** Usage events, by when they were billed. */
    USAGE(List.of("billed_at", "occurred_at", "received_at", "adjusts", "source", "event_id", "project_id", "key_id", "user_id",
            "meter",
            "model", "provider", "quantity", "price_id", "cost", "metadata"),
            """
                    SELECT billed_at, occurred_at, received_at, adjusts, source, event_id, project_id, key_id, user_id, meter, model,
                           provider, quantity, price_id, cost, metadata
                    FROM usage_event WHERE team_id = $1 AND billed_at >= $2 AND billed_at < $3 ORDER BY billed_at, source, event_id
                    """),
    /** Lines of closed months' bills. */
    INVOICES(List.of("month", "position", "meter", "model", "adjusts", "quantity", "cost", "amount", "currency", "closed_at"),
            """
                    SELECT i.month, l.position, l.meter, l.model, l.adjusts, l.quantity, l.cost, l.amount, i.currency, i.closed_at
                    FROM invoice i JOIN invoice_line l ON l.team_id = i.team_id AND l.month = i.month
                    WHERE i.team_id = $1 AND i.month >= ($2 AT TIME ZONE 'UTC')::date AND i.month < ($3 AT TIME ZONE 'UTC')::date
                    ORDER BY i.month, l.position
                    """);

    private final List<String> columns;
    private final String query;

    Exported(List<String> columns, String query) {
        this.columns = columns;
        this.query = query;
    }

    List<String> columns() {
        return columns;
    }

    String query() {
        return query;
    }

    /** How many rows that is. */
    String count() {
        return "SELECT count(*) FROM (" + query + ") counted";
    }
}
