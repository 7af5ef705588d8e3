package dev.tollkeeper.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The headers in which a gateway tells the API behind it whose request this is. */
final class IdentityHeaders {
    private static final String PREFIX = "x-tollkeeper-";

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

    /**
     * Whether a header is named as these are, whatever follows; also with underscores, which many applications (CGI, WSGI)
     * cannot tell from dashes.
     */
    static boolean areNamedLike(String name) {
        for (int at = 0; at < PREFIX.length(); at++) {
            char expected = PREFIX.charAt(at);
            char found = at < name.length() ? name.charAt(at) : 0;
            if (found != expected && !(expected == '-' ? found == '_' : Character.toLowerCase(found) == expected)) {
                return false;
            }
        }
        return true;
    }

    private static String words(Set<String> scopes) {
        return scopes.isEmpty() ? "" : String.join(" ", new TreeSet<>(scopes));
    }
}
