package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Accounts, transactions and entries. */
@Singleton
class LedgerRepository {
    // One statement, so that no entry is there without the others and without the balances that they lead to. An account
    // can move but once in it.
    static final String POST = """
            WITH transfer AS (
                SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[],
                                     $9::uuid[], $10::uuid[], $11::text[], $12::uuid[], $13::date[])
                    AS t (team_id, id, kind, reference_type, reference_id, source, target, source_entry, target_entry, amount,
                          reverses, adjusts)),
            booked AS (
                INSERT INTO ledger_transaction (team_id, id, kind, at, reference_type, reference_id, reverses, adjusts)
                SELECT team_id, id, kind, $1, reference_type, reference_id, reverses, adjusts FROM transfer),
            moved AS (
                UPDATE ledger_account a SET balance = a.balance + m.amount
                FROM (SELECT team_id, id, source AS account, source_entry AS entry_id, -amount::numeric AS amount FROM transfer
                      UNION ALL
                      SELECT team_id, id, target, target_entry, amount::numeric FROM transfer) m
                WHERE a.team_id = m.team_id AND a.account = m.account
                RETURNING a.team_id, a.account, a.currency, a.balance, m.id, m.entry_id, m.amount)
            INSERT INTO ledger_entry (team_id, id, transaction_id, account, currency, amount, balance_after)
            SELECT team_id, entry_id, id, account, currency, amount, balance FROM moved
            RETURNING team_id, account, balance_after
            """;

    /** The balance accounts, locked until the transaction ends, in the order of the teams' ids; without those that are not open yet. */
    Uni<Map<UUID, LockedAccount>> lock(Sql sql, Collection<UUID> teams) {
        return sql.run("""
                SELECT team_id, currency, balance, closed_through FROM ledger_account
                WHERE team_id = ANY ($1) AND account = 'balance' ORDER BY team_id FOR UPDATE
                """, Tuple.of(teams.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, LockedAccount> accounts = new HashMap<>();
                    rows.forEach(row -> accounts.put(row.getUUID("team_id"), account(row)));
                    return accounts;
                });
    }

    private static LockedAccount account(Row row) {
        return new LockedAccount(row.getUUID("team_id"), row.getString("currency"), row.getBigDecimal("balance"),
                Columns.month(row.getLocalDate("closed_through")), List.of());
    }

    /** Opens teams' accounts in their currencies; those that are open stay as they are. */
    Uni<Void> open(Sql sql, Collection<UUID> teams) {
        return sql.run("""
                INSERT INTO ledger_account (team_id, account, currency, balance)
                SELECT t.id, a.account, t.currency, 0
                FROM team t, unnest(ARRAY['balance', 'funding', 'revenue', 'expired']) AS a (account)
                WHERE t.id = ANY ($1)
                ORDER BY t.id
                ON CONFLICT (team_id, account) DO NOTHING
                """, Tuple.of(teams.toArray(UUID[]::new))).replaceWithVoid();
    }

    /**
     * Waits for whoever is opening these teams' accounts, and keeps others from it until the transaction ends. The team's row would
     * not do: whoever has locked the balance of an account that is open waits for that row with each entry's foreign key.
     */
    Uni<Void> holdUnopened(Sql sql, Collection<UUID> teams) {
        return sql.run("""
                SELECT pg_advisory_xact_lock(hashtextextended('ledger_account ' || id, 0))
                FROM (SELECT id FROM unnest($1::uuid[]) AS t (id) ORDER BY id) ordered
                """, Tuple.of(teams.toArray(UUID[]::new))).replaceWithVoid();
    }

    /** Books transfers, at most one for a team; answers the teams' balances after them. */
    Uni<Map<UUID, BigDecimal>> post(Sql sql, List<Transfer> transfers, Instant at) {
        return sql.run(POST, Tuple.from(new Object[]{Columns.offset(at), Columns.uuids(transfers, Transfer::teamId),
                Columns.uuids(transfers, any -> Ids.next()), Columns.texts(transfers, Transfer::kind),
                Columns.texts(transfers, Transfer::referenceType), Columns.uuids(transfers, Transfer::referenceId),
                Columns.texts(transfers, transfer -> transfer.from().word()),
                Columns.texts(transfers, transfer -> transfer.to().word()),
                Columns.uuids(transfers, any -> Ids.next()), Columns.uuids(transfers, any -> Ids.next()),
                Columns.texts(transfers, transfer -> transfer.amount().toPlainString()),
                Columns.uuids(transfers, Transfer::reverses), Columns.months(transfers, Transfer::adjusts)}))
                .map(LedgerRepository::balances);
    }

    private static Map<UUID, BigDecimal> balances(RowSet<Row> rows) {
        Map<UUID, BigDecimal> balances = new HashMap<>();
        for (Row row : rows) {
            if (Account.BALANCE.word().equals(row.getString("account"))) {
                balances.put(row.getUUID("team_id"), row.getBigDecimal("balance_after"));
            }
        }
        return balances;
    }

    /** How a team stands; with nothing where it has no account yet. */
    Uni<Standing> standing(Sql sql, UUID teamId, Instant now) {
        return sql.run("""
                SELECT coalesce(a.balance, 0) AS posted, t.overdraft,
                       (SELECT coalesce(sum(r.amount), 0) FROM reservation r
                        WHERE r.team_id = t.id AND r.status = 'open' AND r.expires_at > $2) AS pending
                FROM team t LEFT JOIN ledger_account a ON a.team_id = t.id AND a.account = 'balance'
                WHERE t.id = $1
                """, Tuple.of(teamId, Columns.offset(now)))
                .map(rows -> standing(rows.iterator().next()));
    }

    private static Standing standing(Row row) {
        return new Standing(row.getBigDecimal("posted"), row.getBigDecimal("pending"), row.getBigDecimal("overdraft"));
    }

    /** The transaction that gave a grant. */
    Uni<UUID> giving(Sql sql, UUID teamId, UUID grantId) {
        return sql.run("""
                SELECT id FROM ledger_transaction
                WHERE team_id = $1 AND kind = 'credit' AND reference_type = 'credit_grant' AND reference_id = $2
                """, Tuple.of(teamId, grantId)).map(rows -> rows.iterator().next().getUUID("id"));
    }

    /** The balance account's entries, newest first, one more than the page holds. */
    Uni<List<LedgerEntry>> entries(Sql sql, UUID teamId, PageRequest page) {
        return sql.run("""
                SELECT e.id, e.transaction_id, t.at, t.kind, e.amount, e.balance_after, e.currency, t.reference_type,
                       t.reference_id, t.reverses, t.adjusts
                FROM ledger_entry e JOIN ledger_transaction t ON t.team_id = e.team_id AND t.id = e.transaction_id
                WHERE e.team_id = $1 AND e.account = 'balance'
                  AND ($2::uuid IS NULL OR e.seq < (SELECT l.seq FROM ledger_entry l WHERE l.team_id = $1 AND l.id = $2))
                ORDER BY e.seq DESC LIMIT $3
                """, Tuple.of(teamId, page.after(), page.probe()))
                .map(rows -> Rows.map(rows, LedgerRepository::entry));
    }

    private static LedgerEntry entry(Row row) {
        return new LedgerEntry(row.getUUID("id"), row.getUUID("transaction_id"), row.getOffsetDateTime("at").toInstant(),
                row.getString("kind"), row.getBigDecimal("amount"), row.getBigDecimal("balance_after"),
                row.getString("currency"), row.getString("reference_type"), row.getUUID("reference_id"),
                row.getUUID("reverses"), Columns.month(row.getLocalDate("adjusts")));
    }
}
