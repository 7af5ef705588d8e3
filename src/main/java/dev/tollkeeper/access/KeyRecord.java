package dev.tollkeeper.access;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.key.IpRules;
import dev.tollkeeper.project.ProjectSettings;

/**
 * All that a verdict on a key depends on, as it stood in the database. Immutable and detached, so that it
 * can be shared.
 *
 * @param allowedIps the address rules; empty where what is stored cannot be read, which refuses every address
 * @param rateLimit how often the key may be used, null for no limit
 * @param remainingUses how many uses are left, null for no limit
 * @param metadata the key's metadata as JSON text
 * @param settings the project's configuration, null for a project without one
 * @param secretValidUntil until when the secret that found it works, null for the present one
 * @param available what is left above the floor of the team's balance, null where it has none
 * @param usedUp when budgets that count the key are used up
 * @param identity who it is, as the API behind a gateway is told
 * @param verdict the verdict that it may be used, where nothing in that counts down
 * @param whoami who calls with it
 */
record KeyRecord(UUID teamId, UUID projectId, UUID keyId, String name, boolean managementKey, Set<String> scopes,
        Optional<IpRules> allowedIps, List<String> storedIps, boolean revoked, boolean enabled, Instant expiresAt,
        boolean teamSuspended, RateLimit rateLimit, Long remainingUses, String metadata, UUID userId, String userEmail,
        Role userRole, ProjectSettings settings, BigDecimal available,
        List<UsedUp> usedUp, Instant secretValidUntil, IdentityHeaders identity, KeptAnswer verdict,
        KeptAnswer whoami) implements Changes.Dependent {

    @Override
    public List<UUID> dependsOn() {
        return List.of(keyId, projectId, teamId, userId);
    }
}
