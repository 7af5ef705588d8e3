package dev.tollkeeper.billing.budget;

import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Who has used something.
 *
 * @param userId the user who made the key
 */
@RegisterForReflection
public record Spender(UUID projectId, UUID keyId, UUID userId) {
}
