package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * Claims deliveries that are due, for this replica alone: one statement, over before anything is sent. A claim is a lease: the
 * delivery is due again when its time is over, in case the replica is no more.
 */
@Singleton
class DeliveryClaims {
    /** How long after the time limit of an attempt it is taken for lost; replicas' clocks may differ by this. */
    private static final Duration GRACE = Duration.ofSeconds(45);
    /** Of what is due, only so much is looked at in one go. */
    private static final int MOST_LOOKED_AT = 1000;
    /** What is due is judged again under the row's lock: another replica may just have claimed it. */
    private static final String CLAIM = """
            WITH due AS (
                SELECT team_id, id, row_number() OVER (PARTITION BY team_id, webhook_id ORDER BY next_attempt_at, id) AS place
                FROM (SELECT team_id, id, webhook_id, next_attempt_at FROM webhook_delivery
                      WHERE status = 'pending' AND next_attempt_at <= $1 AND NOT webhook_id = ANY ($3)
                      ORDER BY next_attempt_at LIMIT $6) first
            ), claimed AS (
                SELECT d.team_id, d.id, w.url, w.sealed_secret
                FROM due JOIN webhook_delivery d ON d.team_id = due.team_id AND d.id = due.id
                    JOIN webhook w ON w.team_id = d.team_id AND w.id = d.webhook_id
                    JOIN team t ON t.id = d.team_id
                WHERE due.place <= $4 AND w.enabled AND t.deleted_at IS NULL
                  AND d.status = 'pending' AND d.next_attempt_at <= $1
                ORDER BY d.next_attempt_at LIMIT $5
                FOR UPDATE OF d SKIP LOCKED
            )
            UPDATE webhook_delivery d SET attempts = d.attempts + 1, next_attempt_at = $2
            FROM claimed c WHERE d.team_id = c.team_id AND d.id = c.id
            RETURNING d.team_id, d.id, d.webhook_id, d.event_id, d.type, d.body, d.attempts, c.url, c.sealed_secret
            """;

    private final Transactions database;
    private final Duration lease;
    private final Clock clock;

    DeliveryClaims(Transactions database, WebhookSettings settings, Clock clock) {
        this.database = database;
        this.lease = settings.timeout().plus(GRACE);
        this.clock = clock;
    }

    /**
     * Claims what is due.
     *
     * @param except webhooks that have enough to do
     * @param mostEach how many of one webhook
     * @param most how many of all of them
     */
    Uni<List<DueDelivery>> claim(Collection<UUID> except, int mostEach, int most) {
        return database.single()
                .run(CLAIM,
                        Tuple.from(new Object[]{now(), leaseEnd(), except.toArray(UUID[]::new), (long) mostEach, (long) most,
                                (long) MOST_LOOKED_AT}))
                .map(rows -> Rows.map(rows, DeliveryClaims::claimed));
    }

    /** Until when what is claimed now is this replica's. */
    OffsetDateTime leaseEnd() {
        return now().plus(lease);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static DueDelivery claimed(Row row) {
        return new DueDelivery(row.getUUID("team_id"), row.getUUID("id"), row.getUUID("webhook_id"), row.getUUID("event_id"),
                row.getString("type"), row.getString("body"), row.getInteger("attempts"), row.getString("url"),
                row.getBuffer("sealed_secret").getBytes());
    }
}
