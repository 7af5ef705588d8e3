package dev.tollkeeper.team.member;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * Keeps a team's last active admin. Whoever takes an admin away (removes, demotes, disables or deletes them) first holds
 * the user, then the teams ({@link dev.tollkeeper.team.TeamLock}), and asks here after that: then two admins who remove
 * each other do so one after the other, and the second is refused.
 */
public final class LastAdmin {
    private LastAdmin() {
    }

    /** Holds a live user until the transaction ends; fails with not found where there is none. */
    public static Uni<Void> holdUser(Sql sql, UUID user) {
        // FOR UPDATE also keeps new memberships away, whose foreign key needs the row.
        return sql.run("SELECT 1 FROM app_user WHERE id = $1 AND deleted_at IS NULL FOR UPDATE", Tuple.of(user))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw DomainError.notFound("User");
                    }
                }).replaceWithVoid();
    }

    /** Fails with a conflict where a user is the only active admin of one of these teams. */
    public static Uni<Void> requireAnother(Sql sql, UUID user, Collection<UUID> teams) {
        return sql.run("""
                SELECT t.name FROM membership m
                JOIN team t ON t.id = m.team_id AND t.deleted_at IS NULL
                JOIN app_user u ON u.id = m.user_id AND u.status = 'active' AND u.deleted_at IS NULL
                WHERE m.user_id = $1 AND m.team_id = ANY ($2) AND m.role = 'admin' AND NOT EXISTS (
                    SELECT 1 FROM membership other JOIN app_user o ON o.id = other.user_id
                    WHERE other.team_id = m.team_id AND other.user_id <> $1 AND other.role = 'admin'
                      AND o.status = 'active' AND o.deleted_at IS NULL)
                ORDER BY t.id LIMIT 1
                """, Tuple.from(List.of(user, teams.toArray(UUID[]::new)))).invoke(rows -> {
            for (Row row : rows) {
                throw DomainError.conflict("This user is the last active admin of the team '" + row.getString("name")
                        + "'. Make another member admin first.");
            }
        }).replaceWithVoid();
    }
}
