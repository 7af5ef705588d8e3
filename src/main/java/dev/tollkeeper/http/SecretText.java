package dev.tollkeeper.http;

import java.util.regex.Pattern;

/**
 * Takes API keys out of text that is logged, traced or stored. A client may put its key where none belongs: in a path, a
 * query, a User-Agent.
 */
final class SecretText {
    /** Shorter than a whole key, so that a key that was cut is found too. */
    private static final Pattern KEY = Pattern.compile("tkm?_[0-9A-Za-z]{8,}");
    private static final String REDACTED = "tk_…";

    private SecretText() {
    }

    static boolean holdsSecret(String text) {
        return KEY.matcher(text).find();
    }

    static String redact(String text) {
        return KEY.matcher(text).replaceAll(REDACTED);
    }
}
