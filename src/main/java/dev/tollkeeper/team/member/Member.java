package dev.tollkeeper.team.member;

import java.time.Instant;
import java.util.UUID;

import dev.tollkeeper.caller.Role;

/**
 * A member of a team, as a list shows them.
 *
 * @param createdAt when they became one
 */
record Member(UUID userId, String email, String name, Role role, Instant createdAt) {
}
