package dev.tollkeeper.webhook;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A delivery as the API tells it.
 *
 * @param eventId the header {@code webhook-id}
 * @param lastStatusCode what the receiver answered last, null where it did not
 * @param lastError what was wrong the last time
 * @param nextAttemptAt null where there is none
 */
@Schema(name = "WebhookDelivery")
record DeliveryAnswer(UUID id, UUID webhookId, String type, UUID eventId, @Schema(enumeration = {
        "pending", "delivered", "failed"}) String status, int attempts, Integer lastStatusCode, String lastError,
        Instant nextAttemptAt, Instant createdAt, Instant deliveredAt){
    static DeliveryAnswer of(Delivery delivery) {
        return new DeliveryAnswer(delivery.id(), delivery.webhookId(), delivery.type(), delivery.eventId(),
                delivery.status().word(), delivery.attempts(), delivery.lastStatusCode(), delivery.lastError(),
                delivery.nextAttemptAt(), delivery.createdAt(), delivery.deliveredAt());
    }
}
