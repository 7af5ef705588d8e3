package dev.tollkeeper.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new webhook.
 *
 * @param secret what its messages are signed with, shown this once
 */
@Schema(name = "IssuedWebhook")
record IssuedWebhookAnswer(UUID id, UUID teamId, String url, List<String> types, boolean enabled, String description,
        Instant createdAt, String secret) {
    static IssuedWebhookAnswer of(IssuedWebhook issued) {
        Webhook webhook = issued.webhook();
        return new IssuedWebhookAnswer(webhook.id(), webhook.teamId(), webhook.url(), webhook.types(), webhook.enabled(),
                webhook.description(), webhook.createdAt(), issued.secret().reveal());
    }
}
