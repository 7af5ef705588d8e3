package dev.tollkeeper.billing.usage;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.project.ProjectRef;

/** The keys that events are about. */
final class KeysFound {
    private final Map<TeamsKey, UsageKey> byId = new HashMap<>();
    private final Map<NamedKey, UsageKey> byName = new HashMap<>();

    void add(UUID teamId, UsageKey key) {
        byId.put(new TeamsKey(teamId, key.id()), key);
    }

    void addNamed(UUID teamId, String name, UsageKey key) {
        byName.put(new NamedKey(teamId, key.projectId(), name), key);
    }

    /** The key that a request of this project means, null where there is none: by its id any of the team's. */
    UsageKey find(ProjectRef project, KeyReference key) {
        return key.id() != null
                ? byId.get(new TeamsKey(project.teamId(), key.id()))
                : byName.get(new NamedKey(project.teamId(), project.projectId(), key.name()));
    }
}
