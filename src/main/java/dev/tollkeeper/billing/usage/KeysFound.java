package dev.tollkeeper.billing.usage;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.project.ProjectRef;

/** The keys that events are about. */
final class KeysFound {
    private record ById(UUID teamId, UUID keyId) {
    }

    private record ByName(UUID teamId, UUID projectId, String name) {
    }

    private final Map<ById, UsageKey> byId = new HashMap<>();
    private final Map<ByName, UsageKey> byName = new HashMap<>();

    void add(UUID teamId, UsageKey key) {
        byId.put(new ById(teamId, key.id()), key);
    }

    void addNamed(UUID teamId, String name, UsageKey key) {
        byName.put(new ByName(teamId, key.projectId(), name), key);
    }

    /** The key that a request of this project means, null where there is none: by its id any of the team's. */
    UsageKey find(ProjectRef project, KeyReference key) {
        return key.id() != null
                ? byId.get(new ById(project.teamId(), key.id()))
                : byName.get(new ByName(project.teamId(), project.projectId(), key.name()));
    }
}
