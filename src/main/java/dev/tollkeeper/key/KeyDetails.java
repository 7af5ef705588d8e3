package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is told of a key; never its secret.
 *
 * @param hint the last 4 characters of its secret
 * @param scopes of a management key, management scopes; of an ordinary one, the paid API's own words
 * @param allowedIps address rules in canonical form; empty for everywhere
 * @param expiresAt null for never
 * @param rateLimit null for no limit
 * @param remainingUses null for no limit
 * @param createdBy the user who made it
 * @param previousSecretExpiresAt until when the secret from before the last rotation works too, null where none does
 */
@RegisterForReflection
record KeyDetails(UUID id, String name, Instant createdAt, boolean managementKey, String hint, KeyStatus status,
        boolean enabled, List<String> scopes, List<String> allowedIps, Instant expiresAt, KeyRate rateLimit,
        Long remainingUses, Metadata metadata, Instant lastUsedAt, String lastUsedIp, UUID createdBy,
        Instant previousSecretExpiresAt) {
}
