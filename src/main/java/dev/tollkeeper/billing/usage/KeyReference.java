package dev.tollkeeper.billing.usage;

import java.util.UUID;

import dev.tollkeeper.http.Ids;

/**
 * Which key an event is about: exactly one of the two is given.
 *
 * @param id a key of the caller's team
 * @param name a key of the request's project
 */
record KeyReference(UUID id, String name) {
    /** No key has this id. */
    private static final UUID NOTHING = new UUID(0, 0);

    /** By the id as it was sent; one that is no id at all is an id of nothing. */
    static KeyReference byId(String text) {
        return new KeyReference(Ids.parse(text).orElse(NOTHING), null);
    }

    static KeyReference byName(String name) {
        return new KeyReference(null, name);
    }
}
