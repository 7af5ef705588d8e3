package dev.tollkeeper.registry;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

@Singleton
class ModelRepository implements PanacheRepositoryBase<ModelEntity, String> {
    /** SQL in this session's transaction, once no other change of the registry runs. */
    Uni<Sql> lock() {
        return RegistryLock.take(getSession());
    }

    /**
     * Waits for whoever is naming the model, and keeps others from beginning to.
     *
     * @return whether there is such a model
     */
    Uni<Boolean> claim(Sql sql, String id) {
        return sql.run("SELECT 1 FROM registry_model WHERE id = $1 FOR UPDATE", Tuple.of(id))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Fails with a conflict that says who names the model. */
    Uni<Void> requireUnused(Sql sql, String id) {
        return sql.run("""
                SELECT (SELECT count(*) FROM price WHERE model = $1) AS prices,
                       (SELECT count(*) FROM project_config c
                        JOIN project p ON p.team_id = c.team_id AND p.id = c.project_id
                        JOIN team t ON t.id = c.team_id
                        WHERE $1 = ANY (c.blacklisted_models) AND p.deleted_at IS NULL AND t.deleted_at IS NULL) AS projects
                """, Tuple.of(id)).invoke(rows -> requireUnused(rows.iterator().next(), id)).replaceWithVoid();
    }

    private static void requireUnused(Row uses, String id) {
        if (uses.getLong("prices") > 0) {
            throw DomainError.conflict("The model " + id + " is in use: " + uses.getLong("prices")
                    + " price(s) name it, and prices stay for good.");
        }
        if (uses.getLong("projects") > 0) {
            throw DomainError.conflict("The model " + id + " is in use: the configurations of " + uses.getLong("projects")
                    + " project(s) name it in blacklisted_models. Take it out there first.");
        }
    }
}
