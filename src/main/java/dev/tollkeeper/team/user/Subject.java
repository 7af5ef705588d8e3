package dev.tollkeeper.team.user;

import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.caller.Role;

/**
 * A user whom somebody wants to change: what that is decided by.
 *
 * @param teams the live teams that they are in, and as what
 */
record Subject(UUID id, String email, String passwordHash, UserStatus status, boolean operator, Map<UUID, Role> teams) {
    @Override
    public String toString() {
        return "Subject[" + id + "]";
    }
}
