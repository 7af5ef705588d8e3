package dev.tollkeeper.webhook;

import java.util.List;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.StorableText;

/**
 * A webhook to be made.
 *
 * @param url where messages go, by https or http
 * @param types what it is told of
 * @param enabled true where it is left out
 */
@Schema(name = "NewWebhook")
record WebhookBody(
        @NotNull @Schema(format = "uri", maxLength = WebhookUrl.LONGEST, examples = "https://example.com/hooks") String url,
        @NotEmpty @Size(max = MOST_TYPES) List<@NotNull String> types,
        Boolean enabled,
        @Size(max = LONGEST_DESCRIPTION) String description) {
    static final int MOST_TYPES = 20;
    static final int LONGEST_DESCRIPTION = 500;

    WebhookTerms terms() {
        return new WebhookTerms(WebhookUrl.inField(url, "url"), TypeWords.read(types), enabled == null || enabled,
                StorableText.inField(description, "description"));
    }
}
