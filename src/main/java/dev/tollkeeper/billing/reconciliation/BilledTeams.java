package dev.tollkeeper.billing.reconciliation;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.TeamFinder;
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
        return only == null ? billed(null) : TeamFinder.find(sql, only).chain(this::billed).invoke(found -> {
            if (found.isEmpty()) {
                throw DomainError.invalidField("--team", "was never billed");
            }
        });
    }

    private Uni<List<UUID>> billed(UUID only) {
        return sql.run("SELECT team_id FROM ledger_account WHERE account = 'balance' AND ($1::uuid IS NULL OR team_id = $1) "
                + "ORDER BY team_id", Tuple.of(only))
                .map(rows -> Rows.map(rows, row -> row.getUUID("team_id")));
    }
}
