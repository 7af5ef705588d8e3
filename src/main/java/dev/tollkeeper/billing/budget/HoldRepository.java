package dev.tollkeeper.billing.budget;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Reads the open reservations. They change only under the lock on the team's balance. */
@Singleton
class HoldRepository {
    /** Those that may count toward one of these budgets; of budgets that only warn none does. */
    Uni<Holds> open(Sql sql, UUID teamId, Collection<Budget> budgets, Instant now) {
        UUID[] projects = budgets.stream().filter(budget -> budget.terms().enforced()).map(Budget::projectId).distinct()
                .toArray(UUID[]::new);
        if (projects.length == 0) {
            return Uni.createFrom().item(Holds.NONE);
        }
        return sql.run("""
                SELECT project_id, key_id, user_id, amount, expires_at FROM reservation
                WHERE team_id = $1 AND project_id = ANY ($2) AND status = 'open' AND expires_at > $3
                """, Tuple.of(teamId, projects, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> new Holds(Rows.map(rows, HoldRepository::hold)));
    }

    private static Hold hold(Row row) {
        var spender = new Spender(row.getUUID("project_id"), row.getUUID("key_id"), row.getUUID("user_id"));
        return new Hold(spender, row.getBigDecimal("amount"), row.getOffsetDateTime("expires_at").toInstant());
    }
}
