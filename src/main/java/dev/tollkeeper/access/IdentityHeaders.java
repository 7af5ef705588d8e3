package dev.tollkeeper.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The headers in which a gateway tells the API behind it whose request this is. Made once for each key that is
 * remembered, in the form in which they are sent.
 */
final class IdentityHeaders {
    private static final String PREFIX = "x-tollkeeper-";
    private static final CharSequence[] NAMES = {header("X-Tollkeeper-Key-Id"), header("X-Tollkeeper-Key-Name"),
            header("X-Tollkeeper-Team-Id"), header("X-Tollkeeper-Project-Id"), header("X-Tollkeeper-User-Id"),
            header("X-Tollkeeper-Scopes")};

    private final CharSequence[] values;

    private IdentityHeaders(CharSequence... values) {
        this.values = values;
    }

    /** The headers of a key. */
    static IdentityHeaders of(UUID keyId, String name, UUID teamId, UUID projectId, UUID userId, Set<String> scopes) {
        return new IdentityHeaders(header(keyId.toString()), header(HeaderText.of(name)), header(teamId.toString()),
                header(projectId.toString()), header(userId.toString()), header(String.join(" ", new TreeSet<>(scopes))));
    }

    private static CharSequence header(String text) {
        return HttpHeaders.createOptimized(text);
    }

    /** Puts them into a response. */
    void write(MultiMap headers) {
        for (int i = 0; i < NAMES.length; i++) {
            headers.add(NAMES[i], values[i]);
        }
    }

    /** Gives each header's name and value. */
    void forEach(BiConsumer<String, String> headers) {
        for (int i = 0; i < NAMES.length; i++) {
            headers.accept(NAMES[i].toString(), values[i].toString());
        }
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
}
