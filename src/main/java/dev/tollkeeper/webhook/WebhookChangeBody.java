package dev.tollkeeper.webhook;

import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.Sent;
import dev.tollkeeper.http.StorableText;

/** What is to change of a webhook; what is left out stays, and null clears the description. */
@Schema(name = "WebhookChange")
record WebhookChangeBody(
        Optional<String> url,
        Optional<@Size(max = WebhookBody.MOST_TYPES) List<@NotNull String>> types,
        Optional<Boolean> enabled,
        Optional<@Size(max = WebhookBody.LONGEST_DESCRIPTION) String> description) {
    WebhookChange change() {
        return new WebhookChange(Sent.value(url, "url").map(text -> WebhookUrl.inField(text, "url")),
                Sent.value(types, "types").map(TypeWords::read),
                Sent.value(enabled, "enabled"),
                description == null ? null : description.map(text -> StorableText.inField(text, "description")));
    }
}
