package dev.tollkeeper.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tollkeeper.audit.Changes;

/**
 * What is wanted of a webhook; empty for what stays.
 *
 * @param description null for what stays, empty to clear it
 */
record WebhookChange(Optional<String> url, Optional<List<String>> types, Optional<Boolean> enabled,
        Optional<String> description) {
    /** Makes the changes; answers them as the audit log takes them. */
    Map<String, Object> applyTo(Webhook webhook) {
        Changes changes = Changes.none()
                .and("url", webhook.url(), url.orElse(webhook.url()))
                .and("types", webhook.types(), types.orElse(webhook.types()))
                .and("enabled", webhook.enabled(), enabled.orElse(webhook.enabled()))
                .and("description", webhook.description(), wantedDescription(webhook));
        url.ifPresent(webhook::sendTo);
        types.ifPresent(webhook::tellOf);
        enabled.ifPresent(webhook::enable);
        webhook.describe(wantedDescription(webhook));
        return changes.asMap();
    }

    private String wantedDescription(Webhook webhook) {
        return description == null ? webhook.description() : description.orElse(null);
    }
}
