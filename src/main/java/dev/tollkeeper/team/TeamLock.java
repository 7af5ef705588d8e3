package dev.tollkeeper.team;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/**
 * Holds teams until a transaction ends, so that what was counted in them (admins, projects) still is so when it commits.
 * Whoever needs a user's row as well locks that first; teams are locked in the order of their ids: so nobody waits in a
 * circle. Rows that merely refer to a team, such as usage events, are not held up.
 */
public final class TeamLock {
    private TeamLock() {
    }

    /** Holds a live team; fails with not found where there is none. */
    public static Uni<Void> hold(Sql sql, UUID team) {
        return hold(sql, List.of(team)).invoke(held -> {
            if (held == 0) {
                throw DomainError.notFound("Team");
            }
        }).replaceWithVoid();
    }

    /** Holds those of these teams that live; answers how many. */
    public static Uni<Integer> hold(Sql sql, Collection<UUID> teams) {
        return sql.run("SELECT id FROM team WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE",
                Tuple.of(teams.toArray(UUID[]::new)))
                .map(rows -> rows.rowCount());
    }
}
