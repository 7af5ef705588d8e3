package dev.tollkeeper.key;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The keys of projects. What a caller may not see is not found. Locks are {@code FOR NO KEY UPDATE}: they keep editors
 * apart, and let rows that refer to a key or project be written meanwhile.
 */
@Singleton
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, ApiKeyId> {
    private static final String NAME_INDEX = "api_key_live_name";

    /** SQL in the session's transaction. */
    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    /** One key. */
    Uni<ApiKey> find(KeyActor actor, UUID keyId) {
        return findById(new ApiKeyId(actor.teamId(), keyId)).map(key -> {
            boolean visible = key != null && key.deletedAt == null && key.projectId.equals(actor.projectId())
                    && (actor.onlyMadeBy() == null || actor.onlyMadeBy().equals(key.createdBy));
            if (!visible) {
                throw notFound();
            }
            return key;
        });
    }

    /** One key, locked, as it stands once its other editors are done. */
    Uni<ApiKey> lock(KeyActor actor, UUID keyId) {
        return run("SELECT 1 FROM api_key WHERE team_id = $1 AND id = $2 FOR NO KEY UPDATE", Tuple.of(actor.teamId(), keyId))
                .chain(() -> find(actor, keyId));
    }

    /** The id of the live key of a name, or else of the newest revoked one. */
    Uni<UUID> idOf(KeyActor actor, String name) {
        return run("""
                SELECT id FROM api_key
                WHERE team_id = $1 AND project_id = $2 AND name = $3 AND deleted_at IS NULL
                  AND ($4::uuid IS NULL OR created_by = $4)
                ORDER BY revoked_at IS NOT NULL, id DESC LIMIT 1
                """, Tuple.of(actor.teamId(), actor.projectId(), name, actor.onlyMadeBy())).map(rows -> {
            if (rows.rowCount() == 0) {
                throw notFound();
            }
            return rows.iterator().next().getUUID(0);
        });
    }

    /** Locks a project, so that the number of its keys stays what it is until this transaction ends. */
    Uni<Void> lockProject(KeyActor actor) {
        return run("SELECT 1 FROM project WHERE team_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE",
                Tuple.of(actor.teamId(), actor.projectId())).invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw DomainError.notFound("Project");
                    }
                }).replaceWithVoid();
    }

    /** How many live keys a project has. */
    Uni<Long> countLive(KeyActor actor) {
        return count("teamId = ?1 and projectId = ?2 and revokedAt is null and deletedAt is null", actor.teamId(),
                actor.projectId());
    }

    /**
     * Writes what was changed.
     *
     * @return fails with {@code duplicate_name} where another live key of the project has the name
     */
    Uni<Void> write(ApiKey key) {
        return persistAndFlush(key)
                .onFailure(failed -> DatabaseFailures.violates(failed, NAME_INDEX))
                .transform(taken -> DomainError.of(ErrorCode.DUPLICATE_NAME, "The project already has an API key named '"
                        + key.name + "'. Choose another name, or delete or revoke that key first."))
                .replaceWithVoid();
    }

    /** A project's keys in the order they were made, one more than the page holds. */
    Uni<List<ApiKey>> list(KeyActor actor, KeyFilter filter, PageRequest page, Instant now) {
        StringBuilder query = new StringBuilder("teamId = :team and projectId = :project and deletedAt is null");
        Map<String, Object> values = new HashMap<>();
        values.put("team", actor.teamId());
        values.put("project", actor.projectId());
        and(query, values, "createdBy = :maker", "maker", actor.onlyMadeBy());
        and(query, values, "keyId > :after", "after", page.after());
        and(query, values, "name = :name", "name", filter.name());
        and(query, values, "locate(lower(:search), lower(name)) > 0", "search", filter.search());
        and(query, values, "expiresAt < :expiresBefore", "expiresBefore", filter.expiresBefore());
        and(query, values, "(lastUsedAt is null or lastUsedAt < :unusedSince)", "unusedSince", filter.unusedSince());
        if (filter.status() != null) {
            query.append(" and ").append(condition(filter.status()));
            if (filter.status() == KeyStatus.ACTIVE || filter.status() == KeyStatus.EXPIRED) {
                values.put("now", now);
            }
        }
        return find(query.toString(), Sort.by("keyId"), values).range(0, page.limit()).list();
    }

    private static void and(StringBuilder query, Map<String, Object> values, String condition, String name, Object value) {
        if (value != null) {
            query.append(" and ").append(condition);
            values.put(name, value);
        }
    }

    private static String condition(KeyStatus status) {
        return switch (status) {
            case REVOKED -> "revokedAt is not null";
            case DISABLED -> "revokedAt is null and enabled = false";
            case EXPIRED -> "revokedAt is null and enabled = true and expiresAt <= :now";
            case ACTIVE -> "revokedAt is null and enabled = true and (expiresAt is null or expiresAt > :now)";
        };
    }

    private Uni<RowSet<Row>> run(String statement, Tuple arguments) {
        return sql().chain(sql -> sql.run(statement, arguments));
    }

    private static DomainError notFound() {
        return DomainError.notFound("API key");
    }
}
