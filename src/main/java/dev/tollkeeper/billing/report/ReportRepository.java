package dev.tollkeeper.billing.report;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.time.DateRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Adds usage up: whole hours from the roll-ups, the rest from the events, in one statement and so of one moment. */
@Singleton
class ReportRepository {
    /**
     * $1 the team; $2 to $4 the segments of whole hours; $5 to $7 those of the edges. {@code OFFSET 0} keeps each segment a walk of
     * its own through the index: joined freely, where the team's rows are most of the table, each row is held against each segment.
     */
    private static final String USAGE = """
            WITH usage AS (
                SELECT s.bucket, r.*
                FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) AS s (bucket, starts, ends)
                CROSS JOIN LATERAL (
                    SELECT project_id, key_id, user_id, meter, model, provider, quantity, cost, requests
                    FROM usage_rollup WHERE team_id = $1 AND hour >= s.starts AND hour < s.ends OFFSET 0) r
                UNION ALL
                SELECT s.bucket, e.*
                FROM unnest($5::int[], $6::timestamptz[], $7::timestamptz[]) AS s (bucket, starts, ends)
                CROSS JOIN LATERAL (
                    SELECT project_id, key_id, user_id, meter, model, provider, quantity, cost, 1
                    FROM usage_event WHERE team_id = $1 AND billed_at >= s.starts AND billed_at < s.ends OFFSET 0) e
            )
            """;
    private static final String GROUPED = USAGE + """
            SELECT sums.bucket, sums.thing::text AS thing, %2$s AS label, sums.quantity, sums.cost, sums.requests
            FROM (SELECT bucket, %1$s AS thing, sum(quantity) AS quantity, sum(cost) AS cost, sum(requests)::bigint AS requests
                  FROM usage WHERE $8::uuid IS NULL OR key_id = $8 GROUP BY bucket, thing) sums
            %3$s
            ORDER BY sums.bucket, sums.thing NULLS LAST
            LIMIT $9
            """;
    /** The set that a row belongs to is the one column that is not grouped away: {@code grouping} tells by its bits. */
    private static final String SUMMARY = USAGE + """
            SELECT sums.*, project.name AS project_name, api_key.name AS key_name
            FROM (SELECT grouping(project_id, key_id, model, meter) AS sets, project_id, key_id, model, meter,
                         coalesce(sum(quantity), 0) AS quantity, coalesce(sum(cost), 0) AS cost,
                         coalesce(sum(requests), 0)::bigint AS requests
                  FROM usage GROUP BY GROUPING SETS ((), (project_id), (key_id), (model), (meter))) sums
            LEFT JOIN project ON project.team_id = $1 AND project.id = sums.project_id
            LEFT JOIN api_key ON api_key.team_id = $1 AND api_key.id = sums.key_id
            ORDER BY sums.sets, sums.cost DESC, sums.quantity DESC, sums.project_id, sums.key_id, sums.model, sums.meter
            """;

    private final Sql sql;

    ReportRepository(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /** The currency that a team bills in; empty where there is no such team. */
    Uni<Optional<CurrencyInfo>> currency(UUID teamId) {
        return sql.run("SELECT currency FROM team WHERE id = $1 AND deleted_at IS NULL", Tuple.of(teamId))
                .map(rows -> Rows.first(rows, row -> CurrencyInfo.of(row.getString("currency"))));
    }

    /**
     * The usage of each bucket and group that has any, at most so many rows, ordered by bucket.
     *
     * @param key null for all keys
     */
    Uni<List<GroupedUsage>> grouped(UUID teamId, List<DateRange> buckets, Grouping grouping, UUID key, int atMost) {
        String statement = GROUPED.formatted(grouping.column(), grouping.label(), grouping.labelJoin());
        return sql.run(statement, arguments(teamId, buckets).addUUID(key).addInteger(atMost))
                .map(rows -> Rows.map(rows, row -> new GroupedUsage(row.getInteger("bucket"), row.getString("thing"),
                        row.getString("label"), usage(row))));
    }

    /** The totals of a range. */
    Uni<Summary> summary(UUID teamId, DateRange range) {
        return sql.run(SUMMARY, arguments(teamId, bucket(range)))
                .map(rows -> new Summary(Rows.map(rows, ReportRepository::total)));
    }

    private static List<DateRange> bucket(DateRange range) {
        return range.isEmpty() ? List.of() : List.of(range);
    }

    private static Summary.Total total(Row row) {
        UUID project = row.getUUID("project_id");
        UUID key = row.getUUID("key_id");
        return switch (row.getInteger("sets")) {
            case 0b0111 ->
                new Summary.Total(Summary.Kind.PROJECT, project.toString(), row.getString("project_name"), usage(row));
            case 0b1011 -> new Summary.Total(Summary.Kind.KEY, key.toString(), row.getString("key_name"), usage(row));
            case 0b1101 -> new Summary.Total(Summary.Kind.MODEL, row.getString("model"), null, usage(row));
            case 0b1110 -> new Summary.Total(Summary.Kind.METER, row.getString("meter"), null, usage(row));
            default -> new Summary.Total(Summary.Kind.ALL, null, null, usage(row));
        };
    }

    private static Usage usage(Row row) {
        return new Usage(row.getBigDecimal("quantity"), row.getBigDecimal("cost"), row.getLong("requests"));
    }

    private static Tuple arguments(UUID teamId, List<DateRange> buckets) {
        Segments segments = Segments.of(buckets);
        Tuple arguments = Tuple.of(teamId);
        for (List<Segments.Segment> part : List.of(segments.wholeHours(), segments.edges())) {
            arguments.addArrayOfInteger(part.stream().map(Segments.Segment::bucket).toArray(Integer[]::new));
            arguments.addArrayOfOffsetDateTime(Columns.times(part, segment -> segment.range().start()));
            arguments.addArrayOfOffsetDateTime(Columns.times(part, segment -> segment.range().end()));
        }
        return arguments;
    }
}
