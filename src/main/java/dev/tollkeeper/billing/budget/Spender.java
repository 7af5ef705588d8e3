package dev.tollkeeper.billing.budget;

import java.util.UUID;

/**
 * Who has used something.
 *
 * @param userId the user who made the key
 */
public record Spender(UUID projectId, UUID keyId, UUID userId) {
}
