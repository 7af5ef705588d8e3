package dev.tollkeeper.project;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Finds the project that a request is about: a key's own; of a user, the one that {@code ?project_id=} names, or their
 * only one.
 */
@Singleton
public class ProjectAccess {
    private final Sql sql;

    ProjectAccess(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /**
     * The project of this request.
     *
     * @param named the query parameter {@code project_id}, null where it is not given
     * @return fails with not found for another team's project, and for a user of several who names none with a sentence
     *         that says so
     */
    public Uni<ProjectRef> require(Caller caller, String named) {
        return find(caller, named).map(found -> found.orElseThrow(() -> DomainError.invalidField("project_id",
                "is needed: you have several projects or none. GET /api/projects lists them")));
    }

    /** The project of this request, empty for a user who has several, or none, and names none. */
    public Uni<Optional<ProjectRef>> find(Caller caller, String named) {
        if (caller instanceof KeyCaller key) {
            if (named != null && !key.projectId().equals(Ids.parse(named).orElse(null))) {
                throw DomainError.notFound("Project");
            }
            return Uni.createFrom().item(Optional.of(new ProjectRef(key.teamId(), key.projectId(), key.role())));
        }
        UserCaller user = (UserCaller) caller;
        return named == null ? only(user) : named(user, Ids.inPath(named, "Project")).map(Optional::of);
    }

    private Uni<ProjectRef> named(UserCaller user, UUID projectId) {
        return sql.run("""
                SELECT p.team_id, p.id FROM project p JOIN team t ON t.id = p.team_id
                WHERE p.id = $1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL
                """, Tuple.of(projectId))
                .map(rows -> refs(user, rows).stream().findFirst().orElseThrow(() -> DomainError.notFound("Project")));
    }

    private Uni<Optional<ProjectRef>> only(UserCaller user) {
        UUID[] teams = user.teams().keySet().toArray(UUID[]::new);
        return sql.run("""
                SELECT p.team_id, p.id FROM project p JOIN team t ON t.id = p.team_id
                WHERE p.team_id = ANY ($1) AND p.deleted_at IS NULL AND t.deleted_at IS NULL LIMIT 2
                """, Tuple.of(teams))
                .map(rows -> refs(user, rows)).map(found -> found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty());
    }

    private static List<ProjectRef> refs(UserCaller user, RowSet<Row> rows) {
        return Rows.map(rows, row -> user.roleIn(row.getUUID("team_id"))
                .map(role -> new ProjectRef(row.getUUID("team_id"), row.getUUID("id"), role)))
                .stream().flatMap(Optional::stream).toList();
    }
}
