package dev.tollkeeper.team.user;

import java.time.Instant;
import java.util.UUID;

import dev.tollkeeper.caller.Role;

/**
 * A user as others see them; no password in it.
 *
 * @param role the highest role in the teams at hand, null where they are in none of them
 */
record UserView(UUID id, String email, String name, UserStatus status, boolean operator, Role role, Instant createdAt) {
}
