package dev.tollkeeper.billing;

import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectAccess;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Finds the team whose bill a call is about. A team that is not the caller's is not found, like an unknown one. */
@Singleton
public class TeamAccess {
    // An account keeps the currency it was opened with; until there is one, the team's counts.
    private static final String FIND = """
            SELECT coalesce(a.currency, t.currency) AS currency
            FROM team t LEFT JOIN ledger_account a ON a.team_id = t.id AND a.account = 'balance'
            WHERE t.id = $1 AND t.deleted_at IS NULL
            """;

    private final Transactions database;
    private final ProjectAccess projects;

    TeamAccess(Transactions database, ProjectAccess projects) {
        this.database = database;
        this.projects = projects;
    }

    /**
     * The team that a path names, of which the caller is at least a member.
     *
     * @return fails with not found for any other
     */
    public Uni<BilledTeam> inPath(Caller caller, String teamId) {
        UUID team = Ids.inPath(teamId, "Team");
        caller.requireTeam(team);
        return find(team);
    }

    /** The caller's team: a key's own; a user's by {@code ?project_id=}, or their only one. */
    public Uni<BilledTeam> ofCall(Caller caller, String projectId) {
        UUID only = caller.onlyTeam().orElse(null);
        if (projectId == null && only != null) {
            return find(only);
        }
        return projects.require(caller, projectId).chain(project -> find(project.teamId()));
    }

    private Uni<BilledTeam> find(UUID team) {
        return database.single().run(FIND, Tuple.of(team)).map(rows -> {
            if (rows.rowCount() == 0) {
                throw DomainError.notFound("Team");
            }
            return new BilledTeam(team, rows.iterator().next().getString("currency"));
        });
    }
}
