package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Thresholds that were reached. That each fires once a window is the table's to say. */
@Singleton
class ThresholdRepository {
    private final ThresholdEvents events;

    ThresholdRepository(ThresholdEvents events) {
        this.events = events;
    }

    /** Fires those of the thresholds that these counts have reached which have not fired before. */
    Uni<Void> fire(Sql sql, UUID teamId, List<Count> counts, Instant now) {
        List<Firing> reached = counts.stream().filter(Count::isLimited).flatMap(count -> reached(count).stream()).toList();
        if (reached.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return insert(sql, teamId, reached, now)
                .map(rows -> firstTime(reached, rows))
                .chain(fired -> events.tell(sql, teamId, fired));
    }

    private static List<Firing> reached(Count count) {
        BudgetTerms terms = count.of().budget().terms();
        return terms.thresholds().stream()
                .filter(threshold -> count.spent().compareTo(threshold.multiply(terms.hardLimit())) >= 0)
                .map(threshold -> new Firing(count, threshold)).toList();
    }

    private static Uni<RowSet<Row>> insert(Sql sql, UUID teamId, List<Firing> reached, Instant now) {
        return sql.run("""
                INSERT INTO budget_firing (team_id, budget_id, starts_at, ends_at, subject_id, threshold, spent, fired_at)
                SELECT $1, budget_id, starts_at, ends_at, subject_id, threshold::numeric, spent::numeric, $8
                FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[])
                    AS r (budget_id, starts_at, ends_at, subject_id, threshold, spent)
                ON CONFLICT (team_id, budget_id, starts_at, subject_id, threshold) DO NOTHING
                RETURNING budget_id, starts_at, subject_id, threshold
                """, Tuple.from(new Object[]{teamId,
                Columns.uuids(reached, firing -> firing.count().of().budget().id()),
                times(reached, Window::startsAt), times(reached, Window::endsAt),
                Columns.uuids(reached, firing -> firing.count().subject()),
                texts(reached, Firing::threshold), texts(reached, firing -> firing.count().spent()),
                now.atOffset(ZoneOffset.UTC)}));
    }

    private static List<Firing> firstTime(List<Firing> reached, RowSet<Row> rows) {
        List<Firing> fired = new ArrayList<>();
        rows.forEach(row -> reached.stream().filter(firing -> isOf(row, firing)).forEach(fired::add));
        return fired;
    }

    private static boolean isOf(Row row, Firing firing) {
        BudgetWindow of = firing.count().of();
        return row.getUUID("budget_id").equals(of.budget().id())
                && row.getOffsetDateTime("starts_at").toInstant().equals(of.window().startsAt())
                && row.getUUID("subject_id").equals(firing.count().subject())
                && row.getBigDecimal("threshold").compareTo(firing.threshold()) == 0;
    }

    private static OffsetDateTime[] times(List<Firing> reached, Function<Window, Instant> time) {
        return Columns.times(reached, firing -> time.apply(firing.count().of().window()));
    }

    private static String[] texts(List<Firing> reached, Function<Firing, BigDecimal> column) {
        return Columns.texts(reached, column.andThen(BigDecimal::toPlainString));
    }
}
