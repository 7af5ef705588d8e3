package dev.tollkeeper.billing.reconciliation;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** The teams that have books. */
@Singleton
class BilledTeams {
    private final Sql sql;

    BilledTeams(Transactions database) {
        this.sql = database.single();
    }

    /**
     * All of them, or the one of this id or name.
     *
     * @param only null for all
     */
    Uni<List<UUID>> find(String only) {
        return sql.run("""
                SELECT a.team_id FROM ledger_account a JOIN team t ON t.id = a.team_id
                WHERE a.account = 'balance' AND ($1::text IS NULL OR t.id::text = lower($1) OR t.name = $1)
                ORDER BY a.team_id
                """, Tuple.of(only))
                .map(rows -> Rows.map(rows, row -> row.getUUID("team_id")))
                .invoke(found -> {
                    if (only != null && found.size() != 1) {
                        throw DomainError.invalidField("--team", found.isEmpty()
                                ? "names no team that was ever billed"
                                : "names several teams: say which by its id");
                    }
                });
    }
}
