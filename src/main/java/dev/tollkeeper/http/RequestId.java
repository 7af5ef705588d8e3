package dev.tollkeeper.http;

import java.util.regex.Pattern;

/** The id that names a request in its response and in the logs: taken or made. */
public final class RequestId {
    /** Where it stands. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private RequestId() {
    }

    /** The id that a caller gives, null for none, or a new one where that cannot be taken. */
    public static String of(String given) {
        boolean taken = given != null && ACCEPTED.matcher(given).matches() && !SecretText.holdsSecret(given);
        return taken ? given : next();
    }

    /** A new id. */
    public static String next() {
        return Ids.next().toString();
    }
}
