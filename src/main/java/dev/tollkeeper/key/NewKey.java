package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;

/**
 * A key to be made. Its fields can be taken; what depends on the caller and on the moment is still to be checked.
 *
 * @param expiresAt null for never
 * @param rateLimit null for no limit
 * @param remainingUses null for no limit
 */
record NewKey(String name, boolean managementKey, List<String> scopes, List<String> allowedIps, Instant expiresAt,
        KeyRate rateLimit, Long remainingUses, Metadata metadata) {
}
