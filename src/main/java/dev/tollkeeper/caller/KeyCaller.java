package dev.tollkeeper.caller;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A call made with an API key whose secret matched and which passed the checks up to its address.
 *
 * @param teamId the team whose key it is
 * @param projectId the project it belongs to
 * @param keyId the key
 * @param keyName its name
 * @param managementKey whether it may call the management endpoints at all
 * @param scopeWords its scopes as written: management scopes, or for an ordinary key the paid API's own words
 * @param scopes the management scopes it has; none for an ordinary key
 * @param expiresAt when it expires, null for never
 * @param allowedIps its address rules in canonical form; empty for no restriction
 * @param userId the user who made it
 * @param email that user's address
 * @param role that user's role in the team now; a member's where they have left it
 * @param address the end client's address in canonical form, null where unknown
 */
public record KeyCaller(UUID teamId, UUID projectId, UUID keyId, String keyName, boolean managementKey, Set<String> scopeWords,
        Set<Scope> scopes, Instant expiresAt, List<String> allowedIps, UUID userId, String email, Role role, String address)
        implements
            Caller {
    @Override
    public UUID callerId() {
        return keyId;
    }

    @Override
    public String getName() {
        return keyId.toString();
    }

    @Override
    public Optional<Role> roleIn(UUID team) {
        return teamId.equals(team) ? Optional.of(role) : Optional.empty();
    }

    @Override
    public Optional<UUID> onlyTeam() {
        return Optional.of(teamId);
    }

    @Override
    public boolean isOperator() {
        return false;
    }

    @Override
    public Set<Scope> scopesIn(UUID team) {
        return teamId.equals(team) ? scopes : Set.of();
    }
}
