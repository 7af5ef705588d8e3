package dev.tollkeeper.registry;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * For whoever writes down the name of a provider or model: finds which there are, and holds them, so that none is deleted
 * before that transaction ends. Changes of a held one's fields are not kept waiting.
 */
@Singleton
public class RegistryReferences {
    /** Those of these providers that are registered. */
    public Uni<Set<String>> holdProviders(Sql sql, Collection<String> ids) {
        return hold(sql, "SELECT id FROM registry_provider WHERE id = ANY ($1) ORDER BY id FOR KEY SHARE",
                ids.stream().filter(RegistryIds::isProvider).toArray(String[]::new));
    }

    /** Those of these models that are registered. */
    public Uni<Set<String>> holdModels(Sql sql, Collection<String> ids) {
        return hold(sql, "SELECT id FROM registry_model WHERE id = ANY ($1) ORDER BY id FOR KEY SHARE",
                ids.stream().filter(RegistryIds::isModel).toArray(String[]::new));
    }

    private static Uni<Set<String>> hold(Sql sql, String statement, String[] ids) {
        if (ids.length == 0) {
            return Uni.createFrom().item(Set.of());
        }
        return sql.run(statement, Tuple.of((Object) ids)).map(RegistryReferences::ids);
    }

    private static Set<String> ids(RowSet<Row> rows) {
        Set<String> found = new HashSet<>();
        rows.forEach(row -> found.add(row.getString("id")));
        return found;
    }
}
