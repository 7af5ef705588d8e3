package dev.tollkeeper.access;

/**
 * Where a key stands with its rate limit after a request.
 *
 * @param limit uses in a window
 * @param windowSeconds the window's length, in seconds
 * @param remaining uses left in this window
 * @param resetSeconds until the window is new, in seconds, rounded up
 */
record RateState(int limit, int windowSeconds, long remaining, long resetSeconds) {
    /** The {@code RateLimit-Policy} field (draft-ietf-httpapi-ratelimit-headers). */
    String policyField() {
        return "\"key\";q=" + limit + ";w=" + windowSeconds;
    }

    /** The {@code RateLimit} field (draft-ietf-httpapi-ratelimit-headers). */
    String stateField() {
        return "\"key\";r=" + remaining + ";t=" + resetSeconds;
    }
}
