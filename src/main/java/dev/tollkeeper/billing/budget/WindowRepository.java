package dev.tollkeeper.billing.budget;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What was spent in windows. All of it is written under the lock on the team's balance. */
@Singleton
class WindowRepository {
    // Whole hours from the roll-up, the rest from the events. The row of the whole comes always, so that a window is filled once.
    private static final String FILL = """
            INSERT INTO budget_window (team_id, budget_id, starts_at, ends_at, subject_id, spent)
            SELECT b.team_id, b.id, w.starts_at, w.ends_at, coalesce(s.subject_id, b.id), s.spent
            FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
                AS w (budget_id, starts_at, ends_at, first_hour, last_hour)
            JOIN budget b ON b.team_id = $1 AND b.id = w.budget_id
            CROSS JOIN LATERAL (
                SELECT u.subject_id, coalesce(sum(u.cost), 0) AS spent
                FROM (SELECT CASE b.scope WHEN 'each_key' THEN c.key_id WHEN 'each_user' THEN c.user_id END AS subject_id, c.cost
                      FROM (SELECT r.key_id, r.user_id, r.cost FROM usage_rollup r
                            WHERE r.team_id = b.team_id AND r.project_id = b.project_id AND r.hour >= w.first_hour
                              AND (w.last_hour IS NULL OR r.hour < w.last_hour)
                            UNION ALL
                            SELECT e.key_id, e.user_id, e.cost FROM usage_event e
                            WHERE e.team_id = b.team_id AND e.project_id = b.project_id
                              AND e.billed_at >= w.starts_at AND e.billed_at < w.first_hour
                            UNION ALL
                            SELECT e.key_id, e.user_id, e.cost FROM usage_event e
                            WHERE e.team_id = b.team_id AND e.project_id = b.project_id
                              AND e.billed_at >= w.last_hour AND e.billed_at < w.ends_at) c
                      WHERE (b.key_id IS NULL OR c.key_id = b.key_id) AND (b.user_id IS NULL OR c.user_id = b.user_id)) u
                GROUP BY GROUPING SETS ((u.subject_id), ())
                HAVING grouping(u.subject_id) = 1 OR u.subject_id IS NOT NULL) s
            """;

    /** Which of these windows are filled. */
    Uni<Set<BudgetWindow>> filled(Sql sql, UUID teamId, Collection<BudgetWindow> windows) {
        return sql.run("""
                SELECT w.budget_id, w.starts_at
                FROM unnest($2::uuid[], $3::timestamptz[]) AS a (budget_id, starts_at)
                JOIN budget_window w ON w.team_id = $1 AND w.budget_id = a.budget_id AND w.starts_at = a.starts_at
                    AND w.subject_id = a.budget_id
                """, Tuple.of(teamId, ids(windows), starts(windows))).map(rows -> {
            Map<String, BudgetWindow> asked = byKey(windows);
            return new HashSet<>(Rows.map(rows, row -> asked.get(key(row))));
        });
    }

    /** Fills windows that are not, from the events that are stored. */
    Uni<Void> fill(Sql sql, UUID teamId, Collection<BudgetWindow> windows) {
        if (windows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.run(FILL, Tuple.from(new Object[]{teamId, ids(windows), starts(windows), times(windows, Window::endsAt),
                times(windows, window -> ceiling(window.startsAt())), times(windows, window -> floor(window.endsAt()))}))
                .replaceWithVoid();
    }

    /** Adds to windows that are filled. */
    Uni<Void> add(Sql sql, UUID teamId, List<Count> spent) {
        if (spent.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<BudgetWindow> windows = spent.stream().map(Count::of).toList();
        return sql.run("""
                INSERT INTO budget_window AS w (team_id, budget_id, starts_at, ends_at, subject_id, spent)
                SELECT $1, a.budget_id, a.starts_at, a.ends_at, a.subject_id, a.spent::numeric
                FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::text[])
                    AS a (budget_id, starts_at, ends_at, subject_id, spent)
                ON CONFLICT (team_id, budget_id, starts_at, subject_id) DO UPDATE SET spent = w.spent + excluded.spent
                """, Tuple.from(new Object[]{teamId, ids(windows), starts(windows), times(windows, Window::endsAt),
                Columns.uuids(spent, Count::subject),
                Columns.texts(spent, count -> count.spent().toPlainString())})).replaceWithVoid();
    }

    /**
     * What these subjects have spent in these windows; those that have nothing are left out.
     *
     * @param subjects null for all
     */
    Uni<List<Count>> counts(Sql sql, UUID teamId, Collection<BudgetWindow> windows, Set<UUID> subjects) {
        return sql.run("""
                SELECT w.budget_id, w.starts_at, w.subject_id, w.spent
                FROM unnest($2::uuid[], $3::timestamptz[]) AS a (budget_id, starts_at)
                JOIN budget_window w ON w.team_id = $1 AND w.budget_id = a.budget_id AND w.starts_at = a.starts_at
                WHERE $4::uuid[] IS NULL OR w.subject_id = ANY ($4)
                """, Tuple.of(teamId, ids(windows), starts(windows), subjects == null ? null : subjects.toArray(UUID[]::new)))
                .map(rows -> counts(rows, windows));
    }

    /** The whole of each window, and of the subjects with counts of their own so many that have spent the most. */
    Uni<List<Count>> highest(Sql sql, UUID teamId, Collection<BudgetWindow> windows, int most) {
        return sql.run("""
                SELECT * FROM (
                    SELECT w.budget_id, w.starts_at, w.subject_id, w.spent, row_number() OVER (PARTITION BY w.budget_id
                        ORDER BY w.subject_id = w.budget_id DESC, w.spent DESC, w.subject_id) AS place
                    FROM unnest($2::uuid[], $3::timestamptz[]) AS a (budget_id, starts_at)
                    JOIN budget_window w ON w.team_id = $1 AND w.budget_id = a.budget_id AND w.starts_at = a.starts_at) r
                WHERE place <= $4 + 1 ORDER BY place
                """, Tuple.of(teamId, ids(windows), starts(windows), most)).map(rows -> counts(rows, windows));
    }

    /** Forgets all that was counted for a budget, which is then filled anew, and what came of it. */
    Uni<Void> forget(Sql sql, Budget budget) {
        Tuple id = Tuple.of(budget.teamId(), budget.id());
        return sql.run("DELETE FROM budget_window WHERE team_id = $1 AND budget_id = $2", id)
                .chain(() -> sql.run("DELETE FROM budget_firing WHERE team_id = $1 AND budget_id = $2", id))
                .chain(() -> sql.run("DELETE FROM budget_exhausted WHERE team_id = $1 AND budget_id = $2", id))
                .replaceWithVoid();
    }

    private static List<Count> counts(RowSet<Row> rows, Collection<BudgetWindow> windows) {
        Map<String, BudgetWindow> asked = byKey(windows);
        return Rows.map(rows, row -> new Count(asked.get(key(row)), row.getUUID("subject_id"), row.getBigDecimal("spent")));
    }

    private static Map<String, BudgetWindow> byKey(Collection<BudgetWindow> windows) {
        Map<String, BudgetWindow> found = new HashMap<>();
        windows.forEach(asked -> found.put(asked.budget().id() + "/" + asked.window().startsAt(), asked));
        return found;
    }

    private static String key(Row row) {
        return row.getUUID("budget_id") + "/" + row.getOffsetDateTime("starts_at").toInstant();
    }

    private static UUID[] ids(Collection<BudgetWindow> windows) {
        return Columns.uuids(windows, each -> each.budget().id());
    }

    private static OffsetDateTime[] starts(Collection<BudgetWindow> windows) {
        return times(windows, Window::startsAt);
    }

    private static OffsetDateTime[] times(Collection<BudgetWindow> windows, Function<Window, Instant> time) {
        return Columns.times(windows, each -> time.apply(each.window()));
    }

    private static Instant floor(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.HOURS);
    }

    private static Instant ceiling(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? time : floor.plus(1, ChronoUnit.HOURS);
    }
}
