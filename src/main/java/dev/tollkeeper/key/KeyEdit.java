package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of a key. What is null is left as it is; an empty {@code Optional} clears.
 *
 * @param scopes empty for those that a key gets where none are named
 */
record KeyEdit(String name, Boolean enabled, Optional<List<String>> scopes, List<String> allowedIps,
        Optional<Instant> expiresAt, Optional<KeyRate> rateLimit, Optional<Long> remainingUses, Metadata metadata) {

    /** Makes the change; an expiry that stays as it is may have passed. */
    void applyTo(ApiKey key, Instant now) {
        if (name != null) {
            key.name = name;
        }
        if (enabled != null) {
            key.enabled = enabled;
        }
        if (scopes != null) {
            key.scopes = KeyScopes.of(scopes.orElse(null), key.managementKey).toArray(String[]::new);
        }
        if (allowedIps != null) {
            key.allowedIps = allowedIps.toArray(String[]::new);
        }
        if (rateLimit != null) {
            key.setRate(rateLimit.orElse(null));
        }
        if (remainingUses != null) {
            key.remainingUses = remainingUses.orElse(null);
        }
        if (metadata != null) {
            key.metadata = metadata.json();
        }
        applyExpiry(key, now);
    }

    private void applyExpiry(ApiKey key, Instant now) {
        if (expiresAt == null || expiresAt.equals(Optional.ofNullable(key.expiresAt))) {
            return;
        }
        expiresAt.ifPresent(expiry -> KeyFields.requireFuture(expiry, now));
        key.expiresAt = expiresAt.orElse(null);
    }
}
