package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Accounts, transactions and entries. */
@Singleton
class LedgerRepository {
    // One statement, so that neither entry is there without the other and without the balances that they lead to.
    private static final String POST = """
            WITH booked AS (
                INSERT INTO ledger_transaction (team_id, id, kind, at, reference_type, reference_id)
                VALUES ($1, $2, $3, $4, $5, $6)),
            moved AS (
                UPDATE ledger_account a SET balance = a.balance + m.amount
                FROM (VALUES ($7::text, $9::uuid, -$11::numeric), ($8::text, $10::uuid, $11::numeric))
                    AS m (account, entry_id, amount)
                WHERE a.team_id = $1 AND a.account = m.account
                RETURNING a.account, a.currency, a.balance, m.entry_id, m.amount)
            INSERT INTO ledger_entry (team_id, id, transaction_id, account, currency, amount, balance_after)
            SELECT $1, entry_id, $2, account, currency, amount, balance FROM moved
            RETURNING account, balance_after
            """;

    /** The balance account, locked until the transaction ends; empty where it is not open yet. */
    Uni<Optional<LockedAccount>> lock(Sql sql, UUID teamId) {
        return sql.run("SELECT currency, balance FROM ledger_account WHERE team_id = $1 AND account = 'balance' FOR UPDATE",
                Tuple.of(teamId))
                .map(rows -> rows.rowCount() == 0 ? Optional.empty() : Optional.of(account(teamId, rows.iterator().next())));
    }

    private static LockedAccount account(UUID teamId, Row row) {
        return new LockedAccount(teamId, row.getString("currency"), row.getBigDecimal("balance"));
    }

    /** Opens a team's accounts in its currency; those that are open stay as they are. */
    Uni<Void> open(Sql sql, UUID teamId) {
        return sql.run("""
                INSERT INTO ledger_account (team_id, account, currency, balance)
                SELECT t.id, a.account, t.currency, 0
                FROM team t, unnest(ARRAY['balance', 'funding', 'revenue', 'expired']) AS a (account)
                WHERE t.id = $1
                ON CONFLICT (team_id, account) DO NOTHING
                """, Tuple.of(teamId)).replaceWithVoid();
    }

    /** Waits for whoever is opening a team's accounts, and keeps others from it until the transaction ends. */
    Uni<Void> holdUnopened(Sql sql, UUID teamId) {
        return sql.run("SELECT 1 FROM team WHERE id = $1 FOR UPDATE", Tuple.of(teamId)).replaceWithVoid();
    }

    /** Books a transfer; answers the balance after it. */
    Uni<BigDecimal> post(Sql sql, UUID teamId, Transfer transfer, Instant at) {
        return sql.run(POST, Tuple.from(new Object[]{teamId, Ids.next(), transfer.kind(), at.atOffset(ZoneOffset.UTC),
                transfer.referenceType(), transfer.referenceId(), transfer.from().word(), transfer.to().word(), Ids.next(),
                Ids.next(), transfer.amount()}))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> Account.BALANCE.word().equals(row.getString("account")))
                        .map(row -> row.getBigDecimal("balance_after")).findFirst().orElseThrow());
    }

    /** What a team has left; nothing where it has no account yet. */
    Uni<BigDecimal> balance(Sql sql, UUID teamId) {
        return sql.run("SELECT balance FROM ledger_account WHERE team_id = $1 AND account = 'balance'", Tuple.of(teamId))
                .map(rows -> rows.rowCount() == 0 ? BigDecimal.ZERO : rows.iterator().next().getBigDecimal("balance"));
    }

    /** What a team's open reservations hold. */
    Uni<BigDecimal> held(Sql sql, UUID teamId, Instant now) {
        return sql.run(
                "SELECT coalesce(sum(amount), 0) FROM reservation WHERE team_id = $1 AND status = 'open' AND expires_at > $2",
                Tuple.of(teamId, now.atOffset(ZoneOffset.UTC))).map(rows -> rows.iterator().next().getBigDecimal(0));
    }

    /** Whether a team pays in advance. */
    Uni<Boolean> isPrepaid(Sql sql, UUID teamId) {
        return sql.run("SELECT billing_mode = 'prepaid' FROM team WHERE id = $1", Tuple.of(teamId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The balance account's entries, newest first, one more than the page holds. */
    Uni<List<LedgerEntry>> entries(Sql sql, UUID teamId, PageRequest page) {
        return sql.run("""
                SELECT e.id, e.transaction_id, t.at, t.kind, e.amount, e.balance_after, e.currency, t.reference_type,
                       t.reference_id, t.reverses
                FROM ledger_entry e JOIN ledger_transaction t ON t.team_id = e.team_id AND t.id = e.transaction_id
                WHERE e.team_id = $1 AND e.account = 'balance'
                  AND ($2::uuid IS NULL OR e.seq < (SELECT l.seq FROM ledger_entry l WHERE l.team_id = $1 AND l.id = $2))
                ORDER BY e.seq DESC LIMIT $3
                """, Tuple.of(teamId, page.after(), page.probe()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(LedgerRepository::entry).toList());
    }

    private static LedgerEntry entry(Row row) {
        return new LedgerEntry(row.getUUID("id"), row.getUUID("transaction_id"), row.getOffsetDateTime("at").toInstant(),
                row.getString("kind"), row.getBigDecimal("amount"), row.getBigDecimal("balance_after"),
                row.getString("currency"), row.getString("reference_type"), row.getUUID("reference_id"),
                row.getUUID("reverses"));
    }
}
