package dev.tollkeeper.webhook;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.http.Ids;

/**
 * An event as every webhook of its type is told it.
 *
 * @param id the header {@code webhook-id}, the same for every webhook and every attempt
 * @param body the JSON, to the byte
 */
record Message(UUID id, WebhookType type, Instant at, String body) {
    /** A new one. */
    static Message of(WebhookType type, Instant at, Map<String, ?> data, ObjectMapper json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type.word());
        fields.put("timestamp", at);
        fields.put("data", data);
        try {
            return new Message(Ids.next(), type, at, json.writeValueAsString(fields));
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
