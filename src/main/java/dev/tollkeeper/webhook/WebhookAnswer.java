package dev.tollkeeper.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as the API tells it; never its secret. */
@Schema(name = "Webhook")
record WebhookAnswer(UUID id, UUID teamId, String url, List<String> types, boolean enabled, String description,
        Instant createdAt) {
    static WebhookAnswer of(Webhook webhook) {
        return new WebhookAnswer(webhook.id(), webhook.teamId(), webhook.url(), webhook.types(), webhook.enabled(),
                webhook.description(), webhook.createdAt());
    }
}
