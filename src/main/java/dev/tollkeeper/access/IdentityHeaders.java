package dev.tollkeeper.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The headers in which a gateway tells the API behind it whose request this is. */
final class IdentityHeaders {
    private IdentityHeaders() {
    }

    /** Gives each header's name and value. */
    static void write(KeyRecord key, BiConsumer<String, String> headers) {
        headers.accept("X-Tollkeeper-Key-Id", key.keyId().toString());
        headers.accept("X-Tollkeeper-Key-Name", HeaderText.of(key.name()));
        headers.accept("X-Tollkeeper-Team-Id", key.teamId().toString());
        headers.accept("X-Tollkeeper-Project-Id", key.projectId().toString());
        headers.accept("X-Tollkeeper-User-Id", key.userId().toString());
        headers.accept("X-Tollkeeper-Scopes", words(key.scopes()));
    }

    private static String words(Set<String> scopes) {
        return scopes.isEmpty() ? "" : String.join(" ", new TreeSet<>(scopes));
    }
}
