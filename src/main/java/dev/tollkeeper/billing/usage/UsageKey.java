package dev.tollkeeper.billing.usage;

import java.util.UUID;

/**
 * A key that usage is reported for; it may be revoked or deleted by now, for usage may come late.
 *
 * @param userId the user who made it
 */
record UsageKey(UUID id, UUID projectId, UUID userId) {
}
