package dev.tollkeeper.access;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.project.ProjectSettings;

/**
 * What a verdict depends on beside the key itself: the same for all keys of a project that one person created.
 *
 * @param settings the project's configuration, null for a project without one
 * @param available what is left above the floor of the team's balance, null where it has none
 * @param usedUp when budgets of the project, or of who created the key, are used up
 */
record Surroundings(Place place, boolean teamSuspended, String userEmail, Role userRole, ProjectSettings settings,
        BigDecimal available, List<UsedUp> usedUp) implements Changes.Dependent {

    /** Whose surroundings: a project and who created the key. */
    record Place(UUID teamId, UUID projectId, UUID userId) {
    }

    @Override
    public List<UUID> dependsOn() {
        return List.of(place.teamId(), place.projectId(), place.userId());
    }
}
