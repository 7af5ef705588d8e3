package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.ProjectSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Finds a key's surroundings, from memory while that is known to be right. */
@Singleton
class SurroundingsLookup {
    private static final String FIND = """
            SELECT t.status AS team_status, u.email, coalesce(m.role, 'member') AS role,
                   c.project_id AS configured, c.active, c.allow_overwrite, c.allowed_providers, c.blacklisted_models,
                   c.eu_native, c.include_metadata, c.preference, coalesce(a.balance, 0) + t.overdraft AS available,
                   ARRAY(SELECT t.at FROM budget_exhausted e
                         CROSS JOIN LATERAL (VALUES (1, e.starts_at), (2, e.until)) AS t (place, at)
                         WHERE e.team_id = $1 AND e.project_id = $2 AND e.subject_id IN ($2, $3)
                         ORDER BY e.budget_id, e.starts_at, e.subject_id, t.place) AS used_up
            FROM project p
            JOIN team t ON t.id = p.team_id
            JOIN app_user u ON u.id = $3
            LEFT JOIN membership m ON m.team_id = p.team_id AND m.user_id = u.id
            LEFT JOIN project_config c ON c.team_id = p.team_id AND c.project_id = p.id
            LEFT JOIN ledger_account a ON a.team_id = p.team_id AND a.account = 'balance'
            WHERE p.team_id = $1 AND p.id = $2 AND p.deleted_at IS NULL AND t.deleted_at IS NULL
            """;

    private final Sql sql;
    private final Remembered<Surroundings.Place, Surroundings> remembered;
    private final Changes changes;
    private final Freshness freshness;

    SurroundingsLookup(Pool pool, Remembered<Surroundings.Place, Surroundings> remembered, Changes changes,
            Freshness freshness) {
        this.sql = Sql.on(pool);
        this.remembered = remembered;
        this.changes = changes;
        this.freshness = freshness;
    }

    /** The surroundings, empty where the team or the project was deleted. */
    Uni<Optional<Remembered.Entry<Surroundings>>> find(Surroundings.Place place) {
        Remembered.Entry<Surroundings> known = freshness.find(remembered, place);
        return known != null ? Uni.createFrom().item(Optional.of(known)) : load(place);
    }

    private Uni<Optional<Remembered.Entry<Surroundings>>> load(Surroundings.Place place) {
        long before = changes.last();
        long now = System.nanoTime();
        return sql.run(FIND, Tuple.of(place.teamId(), place.projectId(), place.userId()))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(remember(new Remembered.Entry<>(read(place, rows.iterator().next()), now, before))));
    }

    /** What is left above a floor changes with each use. */
    private Remembered.Entry<Surroundings> remember(Remembered.Entry<Surroundings> found) {
        if (found.value().available() == null) {
            remembered.put(found.value().place(), found);
        }
        return found;
    }

    private static Surroundings read(Surroundings.Place place, Row row) {
        return new Surroundings(place, "suspended".equals(row.getString("team_status")), row.getString("email"),
                Role.of(row.getString("role")).orElse(Role.MEMBER), settings(row), row.getBigDecimal("available"),
                UsedUp.read(row.getArrayOfOffsetDateTimes("used_up")));
    }

    private static ProjectSettings settings(Row row) {
        if (row.getUUID("configured") == null) {
            return null;
        }
        var config = new InferenceConfig(List.of(row.getArrayOfStrings("allowed_providers")),
                List.of(row.getArrayOfStrings("blacklisted_models")), row.getBoolean("eu_native"),
                row.getBoolean("include_metadata"), row.getString("preference"));
        return new ProjectSettings(row.getBoolean("active"), row.getBoolean("allow_overwrite"), config);
    }
}
