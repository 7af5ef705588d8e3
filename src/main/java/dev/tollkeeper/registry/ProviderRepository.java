package dev.tollkeeper.registry;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

@Singleton
class ProviderRepository implements PanacheRepositoryBase<ProviderEntity, String> {
    /** SQL in this session's transaction, once no other change of the registry runs. */
    Uni<Sql> lock() {
        return RegistryLock.take(getSession());
    }

    /**
     * Waits for whoever is naming the provider, and keeps others from beginning to.
     *
     * @return whether there is such a provider
     */
    Uni<Boolean> claim(Sql sql, String id) {
        return sql.run("SELECT 1 FROM registry_provider WHERE id = $1 FOR UPDATE", Tuple.of(id))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Fails with a conflict that says who names the provider. */
    Uni<Void> requireUnused(Sql sql, String id) {
        return sql.run("""
                SELECT (SELECT count(*) FROM registry_model WHERE provider = $1) AS models,
                       (SELECT count(*) FROM project_config c
                        JOIN project p ON p.team_id = c.team_id AND p.id = c.project_id
                        JOIN team t ON t.id = c.team_id
                        WHERE $1 = ANY (c.allowed_providers) AND p.deleted_at IS NULL AND t.deleted_at IS NULL) AS projects
                """, Tuple.of(id)).invoke(rows -> requireUnused(rows.iterator().next(), id)).replaceWithVoid();
    }

    private static void requireUnused(Row uses, String id) {
        if (uses.getLong("models") > 0) {
            throw DomainError.conflict("The provider " + id + " is in use: " + uses.getLong("models")
                    + " of the registry's models name it. Delete or move those first.");
        }
        if (uses.getLong("projects") > 0) {
            throw DomainError.conflict("The provider " + id + " is in use: the configurations of " + uses.getLong("projects")
                    + " project(s) name it in allowed_providers. Take it out there first.");
        }
    }
}
