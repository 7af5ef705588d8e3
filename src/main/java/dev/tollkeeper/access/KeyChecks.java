package dev.tollkeeper.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

import dev.tollkeeper.http.problem.ErrorCode;

/**
 * The checks on a known key, in the contract's order: not revoked, not disabled → not expired → team not suspended →
 * address → scope. What uses something up comes after these, in {@link Admission}.
 */
final class KeyChecks {
    private KeyChecks() {
    }

    /** The first check, up to the address, that the key fails. */
    static Optional<ErrorCode> failing(KeyRecord key, Instant now, String address) {
        if (key.revoked()) {
            return Optional.of(ErrorCode.KEY_REVOKED);
        }
        if (!key.enabled()) {
            return Optional.of(ErrorCode.KEY_DISABLED);
        }
        if (key.expiresAt() != null && !now.isBefore(key.expiresAt())) {
            return Optional.of(ErrorCode.KEY_EXPIRED);
        }
        if (key.teamSuspended()) {
            return Optional.of(ErrorCode.TEAM_SUSPENDED);
        }
        // Rules that cannot be read refuse every address.
        boolean allowed = key.allowedIps().isPresent() && key.allowedIps().get().allows(address);
        return allowed ? Optional.empty() : Optional.of(ErrorCode.IP_NOT_ALLOWED);
    }

    /** Whether a budget that counts the key is used up. */
    static boolean hasUsedUp(KeyRecord key, Instant now) {
        return key.usedUp().stream().anyMatch(budget -> budget.isAt(now));
    }

    /** Whether the key has every one of these scopes. */
    static boolean covers(KeyRecord key, Collection<String> scopes) {
        return key.scopes().containsAll(scopes);
    }
}
