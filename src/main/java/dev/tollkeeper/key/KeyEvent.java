package dev.tollkeeper.key;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.vertx.sqlclient.Row;

/** What webhooks are told of a key; never its secret. */
record KeyEvent(UUID teamId, UUID projectId, UUID keyId, String name, String hint, boolean managementKey, Instant expiresAt) {
    static KeyEvent of(ApiKey key) {
        return new KeyEvent(key.teamId, key.projectId, key.keyId, key.name, key.hint, key.managementKey, key.expiresAt);
    }

    static KeyEvent of(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new KeyEvent(row.getUUID("team_id"), row.getUUID("project_id"), row.getUUID("id"), row.getString("name"),
                row.getString("hint"), row.getBoolean("is_management_key"), expiresAt == null ? null : expiresAt.toInstant());
    }

    /** As the outbox takes it. */
    Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("team_id", teamId);
        data.put("project_id", projectId);
        data.put("key_id", keyId);
        data.put("name", name);
        data.put("hint", hint);
        data.put("is_management_key", managementKey);
        data.put("expires_at", expiresAt);
        return data;
    }
}
