package dev.tollkeeper.billing.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Forgets windows that no event can count in any more. Nothing waits for it: whatever is over is not looked at. */
@Singleton
class BudgetCleanup {
    private static final Logger LOG = Logger.getLogger(BudgetCleanup.class);
    /** Usage may come 35 days late. */
    private static final Duration KEPT = Duration.ofDays(36);

    private final Sql sql;
    private final Clock clock;

    BudgetCleanup(Transactions database, Clock clock) {
        this.sql = database.single();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10m", identity = "budget-cleanup", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime old = now.minus(KEPT);
        return sql.run("DELETE FROM budget_exhausted WHERE until < $1", Tuple.of(now.minusHours(1)))
                .chain(() -> sql.run("DELETE FROM budget_firing WHERE ends_at < $1", Tuple.of(old)))
                .chain(() -> sql.run("DELETE FROM budget_window WHERE ends_at < $1", Tuple.of(old)))
                .replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Old windows of budgets were not forgotten: %s", failed))
                .onFailure().recoverWithNull();
    }
}
