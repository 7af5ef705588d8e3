package dev.tollkeeper.webhook;

import java.io.Serializable;
import java.util.UUID;

/** The key of a {@link Webhook}: led by the team, like every key here. */
record WebhookId(UUID teamId, UUID id) implements Serializable {
}
