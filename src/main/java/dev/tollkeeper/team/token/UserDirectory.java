package dev.tollkeeper.team.token;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Finds active users and their roles as they are now: a role that was taken away is gone with the next request. */
@Singleton
class UserDirectory {
    private static final String FIND = """
            SELECT u.id, u.email, u.password_hash, u.token_version, u.is_operator, m.team_id, m.role
            FROM app_user u
            LEFT JOIN membership m ON m.user_id = u.id
                AND EXISTS (SELECT 1 FROM team t WHERE t.id = m.team_id AND t.deleted_at IS NULL)
            WHERE u.status = 'active' AND u.deleted_at IS NULL AND\s""";

    private final Sql sql;

    UserDirectory(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /** A user with what signing in needs. */
    record Account(UserCaller user, String passwordHash, int tokenVersion) {
        @Override
        public String toString() {
            return "Account[" + user.userId() + "]";
        }
    }

    /** The user of a token of this id, unless they have ended it by signing out. */
    Uni<Optional<Account>> byToken(UUID user, UUID token) {
        return sql.run(FIND + """
                u.id = $1 AND NOT EXISTS (SELECT 1 FROM ended_token e WHERE e.user_id = u.id AND e.token_id = $2)
                """, Tuple.of(user, token)).map(UserDirectory::account);
    }

    Uni<Optional<Account>> byEmail(String email) {
        return sql.run(FIND + "u.email = lower($1)", Tuple.of(email)).map(UserDirectory::account);
    }

    private static Optional<Account> account(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            return Optional.empty();
        }
        Map<UUID, Role> teams = new HashMap<>();
        Row first = null;
        for (Row row : rows) {
            first = row;
            if (row.getUUID("team_id") != null) {
                teams.put(row.getUUID("team_id"), Role.of(row.getString("role")).orElseThrow());
            }
        }
        var user = new UserCaller(first.getUUID("id"), first.getString("email"), first.getBoolean("is_operator"),
                Map.copyOf(teams));
        return Optional.of(new Account(user, first.getString("password_hash"), first.getInteger("token_version")));
    }
}
