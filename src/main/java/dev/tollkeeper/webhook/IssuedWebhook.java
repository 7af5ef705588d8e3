package dev.tollkeeper.webhook;

/** A new webhook, and the secret that is shown this once. */
record IssuedWebhook(Webhook webhook, SigningSecret secret) {
}
