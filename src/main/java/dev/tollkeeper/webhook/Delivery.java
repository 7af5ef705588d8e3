package dev.tollkeeper.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * One event on its way to one webhook.
 *
 * @param eventId what the receiver is told as {@code webhook-id}
 * @param attempts how many were begun
 * @param lastStatusCode what the receiver answered last, null where it did not
 * @param lastError what was wrong the last time, null where nothing was
 * @param nextAttemptAt null where there is none
 */
record Delivery(UUID id, UUID webhookId, String type, UUID eventId, DeliveryStatus status, int attempts, Integer lastStatusCode,
        String lastError, Instant nextAttemptAt, Instant createdAt, Instant deliveredAt) {
}
