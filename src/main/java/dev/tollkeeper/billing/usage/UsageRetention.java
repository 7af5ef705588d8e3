package dev.tollkeeper.billing.usage;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.function.Function;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * Detaches the partitions of events that are older than the operator wants to keep, one replica at a time. They stay as tables of
 * their own, for the operator to archive and drop; what they add up to stays in the roll-ups, the ledger and the invoices.
 */
@Singleton
class UsageRetention {
    private static final Logger LOG = Logger.getLogger(UsageRetention.class);
    /** Twice what usage may come late: so that no event ever comes for a partition that is gone. */
    private static final Duration SHORTEST = EventJudge.BACK.multipliedBy(2);
    /** Those that the service made: of others the month is not known. One that is open for a team with usage in it keeps its events. */
    private static final String DUE = """
            SELECT p.name, p.month
            FROM (SELECT c.relname AS name,
                         to_date(substring(c.relname FROM '^usage_event_([0-9]{4}_[0-9]{2})$'), 'YYYY_MM') AS month
                  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'usage_event'::regclass) p
            WHERE (p.month + interval '1 month') AT TIME ZONE 'UTC' <= $1
              AND NOT EXISTS (
                SELECT 1 FROM ledger_account a
                WHERE a.account = 'balance' AND (a.closed_through IS NULL OR a.closed_through < p.month)
                  AND EXISTS (SELECT 1 FROM usage_rollup r WHERE r.team_id = a.team_id
                      AND r.hour >= p.month::timestamp AT TIME ZONE 'UTC'
                      AND r.hour < (p.month + interval '1 month') AT TIME ZONE 'UTC'))
            ORDER BY p.month
            """;

    private final Transactions database;
    private final IngestSettings settings;
    private final Clock clock;

    UsageRetention(Transactions database, IngestSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent event) {
        settings.retention().filter(retention -> retention.compareTo(SHORTEST) < 0).ifPresent(tooShort -> {
            throw new IllegalStateException("TOLLKEEPER_USAGE_RETENTION is " + tooShort + "; it has to be at least "
                    + SHORTEST.toDays() + "d, for usage may come " + EventJudge.BACK.toDays() + " days late.");
        });
    }

    @Scheduled(every = "${tollkeeper.jobs.usage-retention:1h}", delayed = "2m", identity = "usage-retention", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> detach() {
        return settings.retention().map(this::detach).orElseGet(() -> Uni.createFrom().voidItem())
                .onFailure().invoke(failed -> LOG.warnf("Old partitions of usage were not detached: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> detach(Duration retention) {
        return database.runAlone("usage_retention", sql -> detach(sql, retention));
    }

    // One partition in one transaction: usage waits while it is detached, so it gives up soon and is tried again later.
    private Uni<Void> detach(Sql sql, Duration retention) {
        return sql.run(DUE, Tuple.of(Columns.offset(clock.instant().minus(retention))))
                .map(rows -> Rows.first(rows, Function.<Row>identity()))
                .chain(due -> due.isEmpty() ? Uni.createFrom().voidItem() : detach(sql, due.get()));
    }

    private static Uni<Void> detach(Sql sql, Row partition) {
        YearMonth month = Columns.month(partition.getLocalDate("month"));
        return sql.run("SELECT set_config('lock_timeout', '2s', true)", Tuple.tuple())
                .chain(() -> sql.run("SELECT detach_usage_partition($1)", Tuple.of(partition.getLocalDate("month"))))
                .invoke(() -> LOG.infof(
                        "Usage of %s is no longer part of usage_event, but the table %s by itself: archive and drop it",
                        month, UsagePartitions.name(month)))
                .replaceWithVoid();
    }
}
