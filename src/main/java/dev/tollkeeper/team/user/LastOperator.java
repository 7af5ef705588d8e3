package dev.tollkeeper.team.user;

import java.util.UUID;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Keeps the installation's last active operator. */
final class LastOperator {
    private LastOperator() {
    }

    /** Fails with a conflict where there is no other; holds that until the transaction ends. */
    static Uni<Void> requireAnother(Sql sql, UUID operator) {
        return sql.run("SELECT pg_advisory_xact_lock(hashtext('last operator'))", Tuple.tuple())
                .chain(() -> sql.run("""
                        SELECT EXISTS (SELECT 1 FROM app_user
                            WHERE is_operator AND id <> $1 AND status = 'active' AND deleted_at IS NULL)
                        """, Tuple.of(operator)))
                .invoke(rows -> {
                    if (!rows.iterator().next().getBoolean(0)) {
                        throw DomainError.conflict("This user is the last active operator of the installation.");
                    }
                })
                .replaceWithVoid();
    }
}
