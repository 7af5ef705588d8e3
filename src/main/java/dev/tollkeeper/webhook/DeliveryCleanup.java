package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Removes deliveries from the log that are older than it is kept, a few thousand in one go. Replicas take different ones. */
@Singleton
class DeliveryCleanup {
    private static final Logger LOG = Logger.getLogger(DeliveryCleanup.class);
    private static final long MOST_AT_ONCE = 5_000;
    private static final String REMOVE = """
            DELETE FROM webhook_delivery WHERE (team_id, id) IN (
                SELECT team_id, id FROM webhook_delivery WHERE created_at < $1 ORDER BY created_at LIMIT $2
                FOR UPDATE SKIP LOCKED)
            """;

    private final Transactions database;
    private final Duration kept;
    private final Clock clock;

    DeliveryCleanup(Transactions database, WebhookSettings settings, Clock clock) {
        this.database = database;
        this.kept = settings.keepDeliveries();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10m", identity = "webhook-cleanup", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> remove() {
        OffsetDateTime before = clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
        return Multi.createBy().repeating().uni(() -> removeSome(before)).whilst(removed -> removed == MOST_AT_ONCE)
                .collect().last().replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Old deliveries were not removed: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private Uni<Integer> removeSome(OffsetDateTime before) {
        return database.single().run(REMOVE, Tuple.of(before, MOST_AT_ONCE)).map(rows -> rows.rowCount());
    }
}
