package dev.tollkeeper.billing.reconciliation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Which teams' books were checked, when, and what was found. */
@Singleton
class ReconciliationRepository {
    private final Sql sql;

    ReconciliationRepository(Transactions database) {
        this.sql = database.single();
    }

    /** Takes some teams that were not checked since; another replica that asks at the same time takes others, or none. */
    Uni<List<UUID>> claim(Instant now, Instant since, int most) {
        return sql.run("""
                INSERT INTO reconciliation AS r (team_id, checked_at)
                SELECT a.team_id, $1 FROM ledger_account a LEFT JOIN reconciliation d ON d.team_id = a.team_id
                WHERE a.account = 'balance' AND (d.checked_at IS NULL OR d.checked_at <= $2)
                ORDER BY d.checked_at NULLS FIRST, a.team_id LIMIT $3
                ON CONFLICT (team_id) DO UPDATE SET checked_at = excluded.checked_at WHERE r.checked_at <= $2
                RETURNING team_id
                """, Tuple.of(Columns.offset(now), Columns.offset(since), most))
                .map(rows -> Rows.map(rows, row -> row.getUUID("team_id")));
    }

    /** Where a team's open months begin; empty where none was closed yet. */
    Uni<Optional<Instant>> openSince(UUID teamId) {
        return sql.run("""
                SELECT (closed_through + interval '1 month') AT TIME ZONE 'UTC' AS since
                FROM ledger_account WHERE team_id = $1 AND account = 'balance' AND closed_through IS NOT NULL
                """, Tuple.of(teamId))
                .map(rows -> Rows.first(rows, row -> row.getOffsetDateTime("since").toInstant()));
    }

    /** Notes what was found. */
    Uni<Void> note(UUID teamId, Drift drift, Instant now) {
        return sql.run("""
                INSERT INTO reconciliation (team_id, checked_at, balances, grants, roll_ups) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (team_id) DO UPDATE SET checked_at = excluded.checked_at, balances = excluded.balances,
                    grants = excluded.grants, roll_ups = excluded.roll_ups
                """, Tuple.of(teamId, Columns.offset(now), drift.balances().size(), Math.abs(drift.grants().signum()),
                drift.rollUps().rows())).replaceWithVoid();
    }

    /**
     * What is known to drift, of all teams.
     *
     * @param checkedAt when the team was checked whose check is the longest ago, null for none
     */
    record Totals(long balances, long grants, long rollUps, Instant checkedAt) {
    }

    /** What is known to drift, of all teams. */
    Uni<Totals> totals() {
        return sql.run("""
                SELECT coalesce(sum(balances), 0)::bigint AS balances, coalesce(sum(grants), 0)::bigint AS grants,
                       coalesce(sum(roll_ups), 0)::bigint AS roll_ups, min(checked_at) AS checked_at
                FROM reconciliation
                """, Tuple.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            return new Totals(row.getLong("balances"), row.getLong("grants"), row.getLong("roll_ups"),
                    Columns.instant(row.getOffsetDateTime("checked_at")));
        });
    }
}
