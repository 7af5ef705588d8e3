package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Budgets. Ingest reads them in its own transaction and under its lock: so plain SQL, not entities. */
@Singleton
class BudgetRepository {
    // A team with a budget has an account: whoever writes a budget locks it first, and the lock opens it.
    private static final String SELECT = """
            SELECT b.team_id, b.id, b.project_id, b.name, b.scope, b.key_id, b.user_id, b.period, b.timezone,
                   b.thresholds::text[] AS thresholds, b.hard_limit, b.enforced, b.created_at, b.updated_at, a.currency
            FROM budget b JOIN ledger_account a ON a.team_id = b.team_id AND a.account = 'balance'
            """;

    /** Those of these teams that have budgets. */
    Uni<Set<UUID>> teams(Sql sql, Collection<UUID> teams) {
        return sql.run("SELECT DISTINCT team_id FROM budget WHERE team_id = ANY ($1)", Tuple.of(teams.toArray(UUID[]::new)))
                .map(rows -> new HashSet<>(Rows.map(rows, row -> row.getUUID("team_id"))));
    }

    /** All budgets of some of a team's projects. */
    Uni<List<Budget>> ofProjects(Sql sql, UUID teamId, Collection<UUID> projects) {
        return sql.run(SELECT + "WHERE b.team_id = $1 AND b.project_id = ANY ($2) ORDER BY b.id",
                Tuple.tuple().addUUID(teamId).addArrayOfUUID(projects.toArray(UUID[]::new))).map(BudgetRepository::budgets);
    }

    /** The budgets of one key, which no other key has a part in. */
    Uni<List<Budget>> ofKey(Sql sql, UUID teamId, UUID keyId) {
        return sql.run(SELECT + "WHERE b.team_id = $1 AND b.key_id = $2 ORDER BY b.id", Tuple.of(teamId, keyId))
                .map(BudgetRepository::budgets);
    }

    /** A project's budgets in the order they were made, one more than the page holds. */
    Uni<List<Budget>> list(Sql sql, ProjectRef project, PageRequest page) {
        return sql.run(SELECT + """
                WHERE b.team_id = $1 AND b.project_id = $2 AND ($3::uuid IS NULL OR b.id > $3) ORDER BY b.id LIMIT $4
                """, Tuple.of(project.teamId(), project.projectId(), page.after(), page.probe()))
                .map(BudgetRepository::budgets);
    }

    Uni<Optional<Budget>> find(Sql sql, ProjectRef project, UUID id) {
        return sql.run(SELECT + "WHERE b.team_id = $1 AND b.project_id = $2 AND b.id = $3",
                Tuple.of(project.teamId(), project.projectId(), id)).map(rows -> budgets(rows).stream().findFirst());
    }

    Uni<Long> count(Sql sql, ProjectRef project) {
        return sql.run("SELECT count(*) FROM budget WHERE team_id = $1 AND project_id = $2",
                Tuple.of(project.teamId(), project.projectId())).map(rows -> rows.iterator().next().getLong(0));
    }

    /** Whether a project has such a key, which was not deleted. */
    Uni<Boolean> hasKey(Sql sql, ProjectRef project, UUID keyId) {
        return sql.run("SELECT 1 FROM api_key WHERE team_id = $1 AND project_id = $2 AND id = $3 AND deleted_at IS NULL",
                Tuple.of(project.teamId(), project.projectId(), keyId)).map(rows -> rows.rowCount() > 0);
    }

    /** Whether a user is in the team, or has made a key of the project. */
    Uni<Boolean> hasUser(Sql sql, ProjectRef project, UUID userId) {
        return sql.run("""
                SELECT 1 WHERE EXISTS (SELECT 1 FROM membership WHERE team_id = $1 AND user_id = $3)
                    OR EXISTS (SELECT 1 FROM api_key WHERE team_id = $1 AND project_id = $2 AND created_by = $3)
                """, Tuple.of(project.teamId(), project.projectId(), userId)).map(rows -> rows.rowCount() > 0);
    }

    Uni<Void> insert(Sql sql, Budget budget) {
        return sql
                .run("""
                        INSERT INTO budget (team_id, id, name, scope, key_id, user_id, period, timezone, thresholds, hard_limit, enforced,
                            updated_at, project_id, created_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[]::numeric[], $10, $11, $12, $13, $14)
                        """,
                        arguments(budget).addUUID(budget.projectId()).addOffsetDateTime(Columns.offset(budget.createdAt())))
                .replaceWithVoid();
    }

    Uni<Void> update(Sql sql, Budget budget) {
        return sql.run("""
                UPDATE budget SET name = $3, scope = $4, key_id = $5, user_id = $6, period = $7, timezone = $8,
                    thresholds = $9::text[]::numeric[], hard_limit = $10, enforced = $11, updated_at = $12
                WHERE team_id = $1 AND id = $2
                """, arguments(budget)).replaceWithVoid();
    }

    private static Tuple arguments(Budget budget) {
        BudgetTerms terms = budget.terms();
        String[] thresholds = terms.thresholds().stream().map(BigDecimal::toPlainString).toArray(String[]::new);
        return Tuple.from(new Object[]{budget.teamId(), budget.id(), terms.name(), terms.scope().word(), terms.keyId(),
                terms.userId(), terms.period().word(), terms.zone().getId(), thresholds, terms.hardLimit(), terms.enforced(),
                Columns.offset(budget.updatedAt())});
    }

    /** Deletes a budget, and with it all that was counted. */
    Uni<Void> delete(Sql sql, Budget budget) {
        return sql.run("DELETE FROM budget WHERE team_id = $1 AND id = $2", Tuple.of(budget.teamId(), budget.id()))
                .replaceWithVoid();
    }

    private static List<Budget> budgets(RowSet<Row> rows) {
        return Rows.map(rows, BudgetRepository::budget);
    }

    private static Budget budget(Row row) {
        var thresholds = Arrays.stream(row.getArrayOfStrings("thresholds")).map(BigDecimal::new).toList();
        var terms = new BudgetTerms(row.getString("name"), BudgetScope.inField(row.getString("scope")), row.getUUID("key_id"),
                row.getUUID("user_id"), BudgetPeriod.inField(row.getString("period")), ZoneId.of(row.getString("timezone")),
                thresholds, row.getBigDecimal("hard_limit"), row.getBoolean("enforced"));
        return new Budget(row.getUUID("team_id"), row.getUUID("id"), row.getUUID("project_id"), terms,
                row.getString("currency"), row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
