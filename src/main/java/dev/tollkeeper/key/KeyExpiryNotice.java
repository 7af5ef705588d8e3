package dev.tollkeeper.key;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/**
 * Tells webhooks of keys that expire soon: once for each expiry, whatever happens to the key meanwhile. One replica at a time
 * does it; which expiries were told is written with the event, in one transaction.
 */
@Singleton
class KeyExpiryNotice {
    private static final Logger LOG = Logger.getLogger(KeyExpiryNotice.class);
    private static final int MOST_AT_ONCE = 500;
    /** Only where somebody wants to know, so that a webhook that is made later is told of what is near then. */
    private static final String NOTE = """
            WITH near AS (
                SELECT k.team_id, k.id, k.project_id, k.name, k.hint, k.is_management_key, k.expires_at
                FROM api_key k
                WHERE k.expires_at > $1 AND k.expires_at <= $2 AND k.revoked_at IS NULL AND k.deleted_at IS NULL
                  AND EXISTS (SELECT 1 FROM webhook w JOIN team t ON t.id = w.team_id AND t.deleted_at IS NULL
                      WHERE w.team_id = k.team_id AND w.enabled AND $3 = ANY (w.types))
                  AND NOT EXISTS (SELECT 1 FROM key_expiry_notice n
                      WHERE n.team_id = k.team_id AND n.key_id = k.id AND n.expires_at = k.expires_at)
                ORDER BY k.expires_at LIMIT $4
            ), noted AS (
                INSERT INTO key_expiry_notice (team_id, key_id, expires_at) SELECT team_id, id, expires_at FROM near
                ON CONFLICT (team_id, key_id) DO UPDATE SET expires_at = excluded.expires_at
            )
            SELECT * FROM near
            """;

    private final Transactions database;
    private final KeyEvents events;
    private final KeySettings settings;
    private final Clock clock;

    KeyExpiryNotice(Transactions database, KeyEvents events, KeySettings settings, Clock clock) {
        this.database = database;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "1m", identity = "key-expiry-notice", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return database.runAlone("key_expiry_notice", this::tellAll)
                .onFailure().invoke(failed -> LOG.warnf("Webhooks were not told of keys that expire: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> tellAll(Sql sql) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return sql.run(NOTE, Tuple.of(now, now.plus(settings.expiringNotice()), WebhookType.KEY_EXPIRING.word(), MOST_AT_ONCE))
                .onItem().transformToMulti(near -> Multi.createFrom().iterable(near))
                .onItem().transformToUniAndConcatenate(row -> events.tell(sql, WebhookType.KEY_EXPIRING, KeyEvent.of(row)))
                .collect().last();
    }
}
