package dev.tollkeeper.webhook;

import java.util.List;

/**
 * What a webhook is made with.
 *
 * @param types the words of {@link WebhookType}, each once
 * @param description null for none
 */
record WebhookTerms(String url, List<String> types, boolean enabled, String description) {
}
