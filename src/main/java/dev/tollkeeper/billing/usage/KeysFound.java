package dev.tollkeeper.billing.usage;

import java.util.Map;
import java.util.UUID;

/**
 * The keys that a request's events are about.
 *
 * @param byId those of the caller's team
 * @param byName those of the request's project
 */
record KeysFound(Map<UUID, UsageKey> byId, Map<String, UsageKey> byName) {
    /** The key that is meant, null where there is none. */
    UsageKey find(KeyReference key) {
        return key.id() != null ? byId.get(key.id()) : byName.get(key.name());
    }
}
