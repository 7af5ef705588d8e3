package dev.tollkeeper.billing.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Derives stored balances again. Entries never change, so each check goes on where the last one ended. */
@Singleton
class LedgerCheck {
    private static final int ENTRIES_AT_ONCE = 200_000;
    // One statement, so that the stored balance is of the same moment as the entries.
    private static final String FOLD = """
            SELECT a.account, a.balance AS stored, coalesce(r.balance, 0) + coalesce(e.amount, 0) AS folded,
                   coalesce(e.last, r.seq, 0) AS seq, e.entries
            FROM ledger_account a
            LEFT JOIN reconciled_account r ON r.team_id = a.team_id AND r.account = a.account
            CROSS JOIN LATERAL (
                SELECT sum(amount) AS amount, max(seq) AS last, count(*) AS entries
                FROM (SELECT amount, seq FROM ledger_entry WHERE team_id = a.team_id AND account = a.account
                        AND seq > coalesce(r.seq, 0)
                      ORDER BY seq LIMIT $2) next) e
            WHERE a.team_id = $1
            """;
    private static final String GRANTS = """
            SELECT (SELECT coalesce(sum(remaining), 0) FROM credit_grant WHERE team_id = $1)
                 - (SELECT greatest(coalesce(max(balance), 0), 0) FROM ledger_account WHERE team_id = $1 AND account = 'balance')
            """;

    private final Transactions database;

    LedgerCheck(Transactions database) {
        this.database = database;
    }

    private record Fold(String account, BigDecimal stored, BigDecimal folded, long seq, long entries) {
        boolean isWhole() {
            return entries < ENTRIES_AT_ONCE;
        }
    }

    /** The accounts whose stored balance is not the fold of their entries. */
    Uni<List<Drift.Balance>> balances(UUID teamId) {
        return fold(teamId).chain(folds -> remember(teamId, folds)
                .chain(() -> folds.stream().allMatch(Fold::isWhole)
                        ? Uni.createFrom().item(drifted(folds))
                        : balances(teamId)));
    }

    private Uni<List<Fold>> fold(UUID teamId) {
        return database.single().run(FOLD, Tuple.of(teamId, ENTRIES_AT_ONCE))
                .map(rows -> Rows.map(rows, LedgerCheck::fold));
    }

    private static Fold fold(Row row) {
        return new Fold(row.getString("account"), row.getBigDecimal("stored"), row.getBigDecimal("folded"), row.getLong("seq"),
                row.getLong("entries"));
    }

    private Uni<Void> remember(UUID teamId, List<Fold> folds) {
        List<Fold> further = folds.stream().filter(fold -> fold.entries() > 0).toList();
        if (further.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // Two replicas may fold the same entries: what is further is right for both.
        return database.single()
                .run("""
                        INSERT INTO reconciled_account AS r (team_id, account, seq, balance)
                        SELECT $1, account, seq, balance::numeric FROM unnest($2::text[], $3::bigint[], $4::text[]) AS f (account, seq, balance)
                        ON CONFLICT (team_id, account) DO UPDATE SET seq = excluded.seq, balance = excluded.balance
                            WHERE r.seq < excluded.seq
                        """,
                        Tuple.of(teamId, Columns.texts(further, Fold::account),
                                further.stream().map(Fold::seq).toArray(Long[]::new),
                                Columns.texts(further, fold -> fold.folded().toPlainString())))
                .replaceWithVoid();
    }

    private static List<Drift.Balance> drifted(List<Fold> folds) {
        List<Drift.Balance> drifted = new ArrayList<>();
        folds.stream().filter(fold -> fold.stored().compareTo(fold.folded()) != 0)
                .forEach(fold -> drifted.add(new Drift.Balance(fold.account(), fold.stored(), fold.folded())));
        return drifted;
    }

    /** By how much what is left of a team's grants differs from what it has left. */
    Uni<BigDecimal> grants(UUID teamId) {
        return database.single().run(GRANTS, Tuple.of(teamId)).map(rows -> rows.iterator().next().getBigDecimal(0));
    }
}
