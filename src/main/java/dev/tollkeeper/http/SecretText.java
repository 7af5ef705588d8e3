package dev.tollkeeper.http;

import java.util.regex.Pattern;

/**
 * Takes API keys out of text that is logged, traced, stored or answered. A client may put its key where none belongs: in a
 * path, a query, a User-Agent, the name of a field.
 */
public final class SecretText {
    /** Shorter than a whole key, so that a key that was cut is found too. */
    private static final Pattern KEY = Pattern.compile("tkm?_[0-9A-Za-z]{8,}");
    private static final String REDACTED = "tk_…";

    private SecretText() {
    }

    static boolean holdsSecret(String text) {
        return KEY.matcher(text).find();
    }

    /** The text without them. */
    public static String redact(String text) {
        return KEY.matcher(text).replaceAll(REDACTED);
    }
}
