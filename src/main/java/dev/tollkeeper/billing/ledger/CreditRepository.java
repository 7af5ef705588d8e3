package dev.tollkeeper.billing.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Credit grants. They change only under the lock on the team's balance. */
@Singleton
class CreditRepository {
    private static final String SELECT = """
            SELECT g.team_id, g.id, g.amount, g.remaining, g.expired, g.voided, a.currency, g.reason, g.expires_at, g.priority, g.created_at
            FROM credit_grant g JOIN ledger_account a ON a.team_id = g.team_id AND a.account = 'balance'
            """;

    private static final String OPEN = SELECT + """
            WHERE g.team_id = ANY ($1) AND g.remaining > 0
            ORDER BY g.expires_at, g.created_at, g.id
            """;

    Uni<Void> insert(Sql sql, UUID teamId, CreditGrant grant) {
        return sql.run("""
                INSERT INTO credit_grant (team_id, id, amount, remaining, expired, priority, reason, expires_at, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """, Tuple.from(new Object[]{teamId, grant.id(), grant.amount(), grant.remaining(), grant.expired(),
                grant.priority(), grant.reason(), Columns.offset(grant.expiresAt()), Columns.offset(grant.createdAt())}))
                .replaceWithVoid();
    }

    /** The grants of which something is left, by team, in the order in which they expire. */
    Uni<Map<UUID, List<CreditGrant>>> open(Sql sql, Collection<UUID> teams) {
        return sql.run(OPEN, Tuple.of(teams.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, List<CreditGrant>> open = new HashMap<>();
            rows.forEach(row -> open.computeIfAbsent(row.getUUID("team_id"), first -> new ArrayList<>()).add(grant(row)));
            return open;
        });
    }

    /** The grants of which something is left though their time is over, in the order in which it ended. */
    Uni<List<CreditGrant>> due(Sql sql, UUID teamId, Instant now) {
        return sql.run(SELECT + """
                WHERE g.team_id = $1 AND g.remaining > 0 AND g.expires_at <= $2
                ORDER BY g.expires_at, g.created_at, g.id
                """, Tuple.of(teamId, Columns.offset(now))).map(CreditRepository::grants);
    }

    /** Some teams that have grants which are due. */
    Uni<List<UUID>> teamsWithDue(Sql sql, Instant now) {
        return sql.run("SELECT DISTINCT team_id FROM credit_grant WHERE remaining > 0 AND expires_at <= $1 LIMIT 1000",
                Tuple.of(Columns.offset(now)))
                .map(rows -> Rows.map(rows, row -> row.getUUID("team_id")));
    }

    Uni<Optional<CreditGrant>> find(Sql sql, UUID teamId, UUID grantId) {
        return sql.run(SELECT + "WHERE g.team_id = $1 AND g.id = $2", Tuple.of(teamId, grantId))
                .map(rows -> grants(rows).stream().findFirst());
    }

    Uni<Void> expire(Sql sql, UUID teamId, UUID grantId) {
        return sql.run("UPDATE credit_grant SET expired = expired + remaining, remaining = 0 WHERE team_id = $1 AND id = $2",
                Tuple.of(teamId, grantId)).replaceWithVoid();
    }

    /** Writes what is left of a grant, and what was taken back. */
    Uni<Void> update(Sql sql, UUID teamId, CreditGrant grant) {
        return sql.run("UPDATE credit_grant SET remaining = $3, voided = $4 WHERE team_id = $1 AND id = $2",
                Tuple.of(teamId, grant.id(), grant.remaining(), grant.voided())).replaceWithVoid();
    }

    /** Writes what is left of each of these grants, by team. */
    Uni<Void> setRemaining(Sql sql, Map<UUID, List<CreditGrant>> changed) {
        List<UUID> teams = new ArrayList<>();
        List<CreditGrant> grants = new ArrayList<>();
        changed.forEach((team, ofTeam) -> ofTeam.forEach(grant -> {
            teams.add(team);
            grants.add(grant);
        }));
        if (grants.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] ids = Columns.uuids(grants, CreditGrant::id);
        String[] left = Columns.texts(grants, grant -> grant.remaining().toPlainString());
        return sql.run("""
                UPDATE credit_grant g SET remaining = c.remaining::numeric
                FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS c (team_id, id, remaining)
                WHERE g.team_id = c.team_id AND g.id = c.id
                """, Tuple.of(teams.toArray(UUID[]::new), ids, left)).replaceWithVoid();
    }

    /** All grants of a team, newest first, one more than the page holds. */
    Uni<List<CreditGrant>> list(Sql sql, UUID teamId, PageRequest page) {
        return sql.run(SELECT + "WHERE g.team_id = $1 AND ($2::uuid IS NULL OR g.id < $2) ORDER BY g.id DESC LIMIT $3",
                Tuple.of(teamId, page.after(), page.probe())).map(CreditRepository::grants);
    }

    private static List<CreditGrant> grants(RowSet<Row> rows) {
        return Rows.map(rows, CreditRepository::grant);
    }

    private static CreditGrant grant(Row row) {
        return new CreditGrant(row.getUUID("id"), row.getBigDecimal("amount"), row.getBigDecimal("remaining"),
                row.getBigDecimal("expired"), row.getBigDecimal("voided"), row.getString("currency"), row.getString("reason"),
                Columns.instant(row.getOffsetDateTime("expires_at")), row.getInteger("priority"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
