package dev.tollkeeper.project;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** The configuration that a new project has, {@link InferenceConfig#DEFAULT}. */
public final class DefaultConfig {
    private DefaultConfig() {
    }

    /** Gives it to a project that was just made, in the same transaction. */
    public static Uni<Void> insert(Sql sql, UUID team, UUID project, OffsetDateTime now) {
        var config = InferenceConfig.DEFAULT;
        return sql.run("""
                INSERT INTO project_config (team_id, project_id, id, active, allow_overwrite, allowed_providers,
                    blacklisted_models, eu_native, include_metadata, preference, schema_version, version, created_at,
                    updated_at)
                VALUES ($1, $2, $3, true, false, $4, $5, $6, $7, $8, 'v1', 1, $9, $9)
                """, Tuple.from(Arrays.asList(team, project, Ids.next(), config.allowedProviders().toArray(String[]::new),
                config.blacklistedModels().toArray(String[]::new), config.euNative(), config.includeMetadata(),
                config.preference(), now)))
                .replaceWithVoid();
    }
}
