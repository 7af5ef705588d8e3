package dev.tollkeeper.project;

import java.util.UUID;

import dev.tollkeeper.caller.Role;

/**
 * The project that a request is about, and what the caller is there.
 *
 * @param role the caller's role in the project's team
 */
public record ProjectRef(UUID teamId, UUID projectId, Role role) {
}
