package dev.tollkeeper.key;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.tollkeeper.audit.Changes;

/** What the audit log tells of a key's making and editing; never its secret. */
final class KeyChanges {
    private KeyChanges() {
    }

    /** What a new key was made with. */
    static Map<String, Object> description(KeyDetails key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("is_management_key", key.managementKey());
        fields.put("hint", key.hint());
        fields.putAll(editable(key));
        return fields;
    }

    /** The fields that an edit changed, with what they were and are. */
    static Map<String, Object> between(KeyDetails before, KeyDetails after) {
        Map<String, Object> from = editable(before);
        Changes changes = Changes.none();
        editable(after).forEach((field, value) -> changes.and(field, from.get(field), value));
        return changes.asMap();
    }

    private static Map<String, Object> editable(KeyDetails key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", key.name());
        fields.put("enabled", key.enabled());
        fields.put("scopes", key.scopes());
        fields.put("allowed_ips", key.allowedIps());
        fields.put("expires_at", key.expiresAt());
        fields.put("rate_limit", key.rateLimit());
        fields.put("remaining_uses", key.remainingUses());
        fields.put("metadata", key.metadata());
        return fields;
    }
}
