package dev.tollkeeper.webhook;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** The log of deliveries: reads it, and writes what came of an attempt. The sender claims by {@link DeliveryClaims}. */
@Singleton
class DeliveryRepository {
    private static final String SELECT = """
            SELECT id, webhook_id, type, event_id, status, attempts, last_status_code, last_error, next_attempt_at, created_at,
                   delivered_at
            FROM webhook_delivery
            """;

    /** A webhook's deliveries, newest first, one more than the page holds. */
    Uni<List<Delivery>> list(Sql sql, UUID teamId, UUID webhookId, PageRequest page) {
        return sql.run(SELECT + """
                WHERE team_id = $1 AND webhook_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4
                """, Tuple.of(teamId, webhookId, page.after(), page.probe())).map(DeliveryRepository::deliveries);
    }

    /** One delivery as it stands. */
    Uni<Delivery> get(Sql sql, UUID teamId, UUID id) {
        return sql.run(SELECT + "WHERE team_id = $1 AND id = $2", Tuple.of(teamId, id))
                .map(rows -> deliveries(rows).get(0));
    }

    /** Adds a delivery that is claimed from the beginning. */
    Uni<Void> insertClaimed(Sql sql, DueDelivery due, Instant now, OffsetDateTime leaseEnd) {
        return sql
                .run("""
                        INSERT INTO webhook_delivery (team_id, id, webhook_id, event_id, type, body, status, attempts, next_attempt_at, created_at)
                        VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9)
                        """,
                        Tuple.from(new Object[]{due.teamId(), due.id(), due.webhookId(), due.eventId(), due.type(), due.body(),
                                due.attempt(), leaseEnd, Columns.offset(now)}))
                .replaceWithVoid();
    }

    /** Writes that a receiver has it: also where it was given up meanwhile. */
    Uni<Void> succeed(Sql sql, DueDelivery due, int statusCode, Instant now) {
        return sql.run("""
                UPDATE webhook_delivery SET status = 'delivered', last_status_code = $4, last_error = NULL,
                       next_attempt_at = NULL, delivered_at = $5
                WHERE team_id = $1 AND id = $2 AND attempts = $3 AND status <> 'delivered'
                """, Tuple.of(due.teamId(), due.id(), due.attempt(), statusCode, Columns.offset(now))).replaceWithVoid();
    }

    /**
     * Writes that an attempt failed, where no later one has begun.
     *
     * @param statusCode null where there was no answer
     * @param next null where it is not tried again
     */
    Uni<Void> fail(Sql sql, DueDelivery due, Integer statusCode, String error, Instant next) {
        return sql.run("""
                UPDATE webhook_delivery SET status = CASE WHEN $6::timestamptz IS NULL THEN 'failed' ELSE 'pending' END,
                       last_status_code = $4, last_error = $5, next_attempt_at = $6
                WHERE team_id = $1 AND id = $2 AND attempts = $3 AND status = 'pending'
                """, Tuple.of(due.teamId(), due.id(), due.attempt(), statusCode, error, Columns.offset(next)))
                .replaceWithVoid();
    }

    /** Gives up what was still to be delivered to a webhook; but not one delivery, null for none. */
    Uni<Void> abandon(Sql sql, UUID teamId, UUID webhookId, UUID except, String reason) {
        return sql.run("""
                UPDATE webhook_delivery SET status = 'failed', last_error = $4, next_attempt_at = NULL
                WHERE team_id = $1 AND webhook_id = $2 AND status = 'pending' AND id IS DISTINCT FROM $3::uuid
                """, Tuple.of(teamId, webhookId, except, reason)).replaceWithVoid();
    }

    /**
     * What waits to be sent, or to be sent again.
     *
     * @param oldest when the event was written that waits the longest, null for none
     */
    record Waiting(long deliveries, Instant oldest) {
    }

    /** What waits, of all teams; but not what nobody claims, for a team that was deleted. */
    Uni<Waiting> waiting(Sql sql) {
        return sql.run("""
                SELECT count(*) AS deliveries, min(d.created_at) AS oldest
                FROM webhook_delivery d JOIN team t ON t.id = d.team_id
                WHERE d.status = 'pending' AND t.deleted_at IS NULL
                """, Tuple.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            return new Waiting(row.getLong("deliveries"), Columns.instant(row.getOffsetDateTime("oldest")));
        });
    }

    /** Switches a webhook off; answers whether it was on. */
    Uni<Boolean> disable(Sql sql, UUID teamId, UUID webhookId) {
        return sql
                .run("UPDATE webhook SET enabled = false WHERE team_id = $1 AND id = $2 AND enabled",
                        Tuple.of(teamId, webhookId))
                .map(rows -> rows.rowCount() > 0);
    }

    private static List<Delivery> deliveries(RowSet<Row> rows) {
        return Rows.map(rows, DeliveryRepository::delivery);
    }

    private static Delivery delivery(Row row) {
        return new Delivery(row.getUUID("id"), row.getUUID("webhook_id"), row.getString("type"), row.getUUID("event_id"),
                DeliveryStatus.of(row.getString("status")), row.getInteger("attempts"), row.getInteger("last_status_code"),
                row.getString("last_error"), Columns.instant(row.getOffsetDateTime("next_attempt_at")),
                Columns.instant(row.getOffsetDateTime("created_at")), Columns.instant(row.getOffsetDateTime("delivered_at")));
    }
}
