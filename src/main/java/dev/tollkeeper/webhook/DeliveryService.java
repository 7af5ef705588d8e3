package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Uni;

/** Tells an admin what a webhook was told, and tries one out. */
@Singleton
class DeliveryService {
    private final WebhookService webhooks;
    private final DeliveryRepository deliveries;
    private final DeliveryClaims claims;
    private final DeliverySender sender;
    private final Transactions database;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;
    /** Webhooks that this replica tries out: one after the other, so that nobody makes this a way to send much. */
    private final Set<UUID> triedOut = ConcurrentHashMap.newKeySet();

    DeliveryService(WebhookService webhooks, DeliveryRepository deliveries, DeliveryClaims claims, DeliverySender sender,
            Transactions database, AuditTrail audit, ObjectMapper json, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.claims = claims;
        this.sender = sender;
        this.database = database;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** A webhook's deliveries, newest first. */
    Uni<Page<Delivery>> list(Caller caller, UUID webhookId, PageRequest page) {
        return webhooks.get(caller, webhookId)
                .chain(webhook -> deliveries.list(database.single(), webhook.teamId(), webhook.id(), page))
                .map(found -> Page.of(found, page, Delivery::id));
    }

    /** Sends a webhook a message of its own type now, also where it is disabled; answers what came of it. */
    Uni<Delivery> tryOut(Caller caller, UUID webhookId) {
        return webhooks.get(caller, webhookId).chain(this::tryOut);
    }

    private Uni<Delivery> tryOut(Webhook webhook) {
        if (!triedOut.add(webhook.id())) {
            throw DomainError.tryLater(ErrorCode.RATE_LIMITED, "This webhook is being tried out. Wait for the answer.",
                    Duration.ofSeconds(1));
        }
        DueDelivery due = test(webhook);
        return database.run(sql -> deliveries.insertClaimed(sql, due, now(), claims.leaseEnd())
                .chain(() -> audit.append(sql, new AuditEvent(webhook.teamId(), "webhook.tested", "webhook",
                        webhook.id().toString(), Map.of("delivery_id", due.id())))))
                .chain(() -> sender.send(due))
                .chain(() -> deliveries.get(database.single(), due.teamId(), due.id()))
                .onTermination().invoke(() -> triedOut.remove(webhook.id()));
    }

    private DueDelivery test(Webhook webhook) {
        Message message = Message.of(WebhookType.WEBHOOK_TEST, now(),
                Map.of("team_id", webhook.teamId(), "webhook_id", webhook.id()), json);
        return new DueDelivery(webhook.teamId(), Ids.next(), webhook.id(), message.id(), message.type().word(), message.body(),
                1,
                webhook.url(), webhook.sealedSecret());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
