package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.secret.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;

/** Makes one attempt at a delivery that was claimed, outside any transaction, and writes what came of it. */
@Singleton
class DeliverySender {
    private static final Logger LOG = Logger.getLogger(DeliverySender.class);

    private final WebhookClient client;
    private final SecretSeal seal;
    private final DeliveryRepository deliveries;
    private final Transactions database;
    private final AuditTrail audit;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    DeliverySender(WebhookClient client, SecretSeal seal, DeliveryRepository deliveries, Transactions database,
            AuditTrail audit, DeliveryMetrics metrics, Clock clock) {
        this.client = client;
        this.seal = seal;
        this.deliveries = deliveries;
        this.database = database;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Sends it. Fails only where it cannot be written what came of it: then the same is sent again when the lease is over. */
    Uni<Void> send(DueDelivery due) {
        long began = System.nanoTime();
        return Uni.createFrom().completionStage(() -> post(due).toCompletionStage())
                .chain(reply -> record(due, reply, began));
    }

    private Future<Reply> post(DueDelivery due) {
        try {
            SigningSecret secret = seal.open(due.webhookId(), due.sealedSecret());
            return client.post(due.url(), headers(due, secret), due.body());
        } catch (SecretBox.UnreadableSealException unreadable) {
            LOG.errorf("Webhook %s cannot sign its messages: %s", due.webhookId(), unreadable.getMessage());
            return Future.succeededFuture(Reply.none("The signing secret cannot be read. Tell the operator."));
        }
    }

    private MultiMap headers(DueDelivery due, SigningSecret secret) {
        long timestamp = clock.instant().getEpochSecond();
        return MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "application/json")
                .add("User-Agent", "Tollkeeper-Webhooks/1")
                .add("webhook-id", due.eventId().toString())
                .add("webhook-timestamp", Long.toString(timestamp))
                .add("webhook-signature", secret.sign(due.eventId(), timestamp, due.body()));
    }

    private Uni<Void> record(DueDelivery due, Reply reply, long began) {
        Instant now = clock.instant();
        if (reply.isSuccess()) {
            metrics.count(DeliveryMetrics.Outcome.DELIVERED, began);
            return deliveries.succeed(database.single(), due, reply.statusCode(), now);
        }
        LOG.debugf("Delivery %s to webhook %s failed, attempt %d: %s", due.id(), due.webhookId(), due.attempt(),
                reply.problem());
        Instant next = next(due, reply, now).orElse(null);
        metrics.count(next == null ? DeliveryMetrics.Outcome.GAVE_UP : DeliveryMetrics.Outcome.FAILED, began);
        if (reply.isGone()) {
            return database.run(sql -> disable(sql, due)
                    .chain(() -> deliveries.fail(sql, due, reply.statusCode(), reply.problem(), next)));
        }
        return deliveries.fail(database.single(), due, reply.statusCode(), reply.problem(), next);
    }

    private static Optional<Instant> next(DueDelivery due, Reply reply, Instant now) {
        return due.isTest() || reply.isGone()
                ? Optional.empty()
                : RetrySchedule.next(due.attempt(), RetryAfter.parse(reply.retryAfter(), now), now,
                        ThreadLocalRandom.current());
    }

    /** The receiver is gone for good, as it says itself; others' deliveries to it are given up with this one. */
    private Uni<Void> disable(Sql sql, DueDelivery due) {
        return deliveries.disable(sql, due.teamId(), due.webhookId()).chain(wasEnabled -> wasEnabled
                ? deliveries
                        .abandon(sql, due.teamId(), due.webhookId(), due.id(),
                                "The receiver answered another message with status 410 (gone).")
                        .chain(() -> audit.append(sql, new AuditEvent(due.teamId(), "webhook.disabled", "webhook",
                                due.webhookId().toString(), Map.of("reason", "the receiver answered with status 410 (gone)"))))
                : Uni.createFrom().voidItem());
    }
}
