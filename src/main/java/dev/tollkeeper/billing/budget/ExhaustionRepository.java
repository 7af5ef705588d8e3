package dev.tollkeeper.billing.budget;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Sql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Who has used up which budget. Replicas are told of each row that is written: so what stays as it was is not written. */
@Singleton
class ExhaustionRepository {
    private final Counter usedUp;
    private final Counter freed;

    ExhaustionRepository(MeterRegistry metrics) {
        this.usedUp = counter(metrics, "used_up");
        this.freed = counter(metrics, "free");
    }

    private static Counter counter(MeterRegistry metrics, String to) {
        return Counter.builder("tollkeeper.budget.flips").description("Windows of budgets that were used up, or are free again")
                .tag("to", to).register(metrics);
    }

    /**
     * Writes who has used up some budgets from their present windows on.
     *
     * @param current the present window of each of the budgets
     * @param subjects the projects, keys and users that this is said of, null for all
     */
    Uni<Void> replace(Sql sql, UUID teamId, Collection<BudgetWindow> current, Set<UUID> subjects, List<Exhausted> exhausted) {
        UUID[] budgets = Columns.uuids(exhausted, each -> each.budget().id());
        UUID[] refused = Columns.uuids(exhausted, Exhausted::subject);
        OffsetDateTime[] starts = Columns.times(exhausted, each -> each.during().from());
        return sql.run("""
                DELETE FROM budget_exhausted e
                USING unnest($2::uuid[], $3::timestamptz[]) AS c (budget_id, starts_at)
                WHERE e.team_id = $1 AND e.budget_id = c.budget_id AND e.starts_at >= c.starts_at
                  AND ($4::uuid[] IS NULL OR e.subject_id = ANY ($4))
                  AND (e.budget_id, e.subject_id, e.starts_at) NOT IN
                      (SELECT * FROM unnest($5::uuid[], $6::uuid[], $7::timestamptz[]))
                """, Tuple.from(new Object[]{teamId, Columns.uuids(current, each -> each.budget().id()),
                Columns.times(current, each -> each.window().startsAt()),
                subjects == null ? null : subjects.toArray(UUID[]::new), budgets, refused, starts}))
                .invoke(deleted -> freed.increment(deleted.rowCount()))
                .chain(() -> write(sql, teamId, exhausted, budgets, refused, starts));
    }

    private Uni<Void> write(Sql sql, UUID teamId, List<Exhausted> exhausted, UUID[] budgets, UUID[] refused,
            OffsetDateTime[] starts) {
        if (exhausted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.run("""
                INSERT INTO budget_exhausted AS e (team_id, budget_id, subject_id, starts_at, project_id, until)
                SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::timestamptz[])
                ON CONFLICT (team_id, budget_id, starts_at, subject_id) DO UPDATE SET until = excluded.until
                WHERE e.until IS DISTINCT FROM excluded.until
                """, Tuple.of(teamId, budgets, refused, starts,
                Columns.uuids(exhausted, each -> each.budget().projectId()),
                Columns.times(exhausted, each -> each.during().until())))
                .invoke(written -> usedUp.increment(written.rowCount())).replaceWithVoid();
    }
}
