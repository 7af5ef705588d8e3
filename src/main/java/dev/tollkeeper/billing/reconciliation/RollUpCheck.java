package dev.tollkeeper.billing.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.time.DateRange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Compares roll-ups with their events, and builds them anew. In parts, for no statement may take long. */
@Singleton
class RollUpCheck {
    private static final long FEW = 500_000;
    private static final String COLUMNS = "project_id, key_id, user_id, meter, model, provider, adjusts";
    private static final String SUMMED = """
            SELECT date_trunc('hour', billed_at, 'UTC') AS hour, %1$s, sum(quantity) AS quantity, sum(cost) AS cost,
                count(*) AS requests
            FROM usage_event WHERE team_id = $1 AND billed_at >= $2 AND billed_at < $3
            GROUP BY 1, %1$s
            """.formatted(COLUMNS);
    private static final String COMPARE = """
            SELECT count(*) AS rows, coalesce(sum(abs(cost)), 0) AS cost
            FROM (SELECT sum(cost) AS cost
                  FROM (SELECT hour, %1$s, quantity, cost, requests FROM usage_rollup
                        WHERE team_id = $1 AND hour >= $2 AND hour < $3
                        UNION ALL
                        SELECT hour, %1$s, -quantity, -cost, -requests FROM (%2$s) summed) both_ways
                  GROUP BY hour, %1$s
                  HAVING sum(quantity) <> 0 OR sum(cost) <> 0 OR sum(requests) <> 0) different
            """.formatted(COLUMNS, SUMMED);
    private static final String BUILD = """
            INSERT INTO usage_rollup (team_id, hour, %1$s, quantity, cost, requests)
            SELECT $1, hour, %1$s, quantity, cost, requests FROM (%2$s) summed
            """.formatted(COLUMNS, SUMMED);

    private final Transactions database;
    private final Ledger ledger;

    RollUpCheck(Transactions database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /** What differs in a range from a full hour to a full hour. */
    Uni<Drift.RollUps> compare(UUID teamId, DateRange range) {
        return parts(teamId, range)
                .onItem().transformToUniAndConcatenate(part -> database.single().run(COMPARE, arguments(teamId, part))
                        .map(rows -> drift(rows.iterator().next())))
                .collect().with(Collectors.reducing(Drift.RollUps.NONE, Drift.RollUps::plus));
    }

    private static Drift.RollUps drift(Row row) {
        return new Drift.RollUps(row.getLong("rows"), row.getBigDecimal("cost"));
    }

    /** Builds the roll-up of a range anew from its events, each part in a transaction under the lock on the team's balance. */
    Uni<Void> rebuild(UUID teamId, DateRange range) {
        return parts(teamId, range)
                .onItem().transformToUniAndConcatenate(part -> database.run(sql -> ledger.lock(sql, teamId)
                        .chain(() -> rebuild(sql, teamId, part))))
                .collect().last();
    }

    private static Uni<Void> rebuild(Sql sql, UUID teamId, DateRange part) {
        return sql.run("DELETE FROM usage_rollup WHERE team_id = $1 AND hour >= $2 AND hour < $3", arguments(teamId, part))
                .chain(() -> sql.run(BUILD, arguments(teamId, part))).replaceWithVoid();
    }

    // All at once where that is little; a roll-up that lost rows counts too few, at worst the statement takes too long and fails.
    private Multi<DateRange> parts(UUID teamId, DateRange range) {
        return database.single()
                .run("SELECT coalesce(sum(requests), 0)::bigint FROM usage_rollup WHERE team_id = $1 AND hour >= $2 "
                        + "AND hour < $3", arguments(teamId, range))
                .map(rows -> rows.iterator().next().getLong(0) <= FEW ? List.of(range) : days(range))
                .onItem().transformToMulti(parts -> Multi.createFrom().iterable(parts));
    }

    private static List<DateRange> days(DateRange range) {
        List<DateRange> days = new ArrayList<>();
        for (Instant start = range.start(); start.isBefore(range.end());) {
            Instant next = start.plus(Duration.ofDays(1));
            Instant end = next.isBefore(range.end()) ? next : range.end();
            days.add(new DateRange(start, end));
            start = end;
        }
        return days;
    }

    private static Tuple arguments(UUID teamId, DateRange range) {
        return Tuple.of(teamId, Columns.offset(range.start()), Columns.offset(range.end()));
    }
}
