package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key as the API tells it.
 *
 * @param createdAt unix seconds
 * @param hint the last 4 characters of its secret
 * @param previousSecretExpiresAt until when the secret from before the last rotation works too, null where none does
 */
@Schema(name = "Key")
record KeyAnswer(UUID id, String name, long createdAt, boolean isManagementKey, String hint, @Schema(enumeration = {
        "active", "disabled", "expired", "revoked"}) String status, boolean enabled, List<String> scopes,
        List<String> allowedIps, Instant expiresAt, KeyRateBody rateLimit, Long remainingUses, Metadata metadata,
        Instant lastUsedAt, String lastUsedIp, UUID createdBy, Instant previousSecretExpiresAt){

    static KeyAnswer of(KeyDetails key) {
        return new KeyAnswer(key.id(), key.name(), key.createdAt().getEpochSecond(), key.managementKey(), key.hint(),
                key.status().word(), key.enabled(), key.scopes(), key.allowedIps(), key.expiresAt(),
                KeyRateBody.of(key.rateLimit()), key.remainingUses(), key.metadata(), key.lastUsedAt(), key.lastUsedIp(),
                key.createdBy(), key.previousSecretExpiresAt());
    }
}
