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
    private static final long MILLIS_PER_SECOND = 1000;

    /** What is left when so much was used, in a window that ends in so many milliseconds. */
    static RateState of(RateLimit limit, long used, long millisLeft) {
        long seconds = used == 0 ? 0 : Math.max(1, (millisLeft + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
        return new RateState(limit.limit(), limit.windowSeconds(), Math.max(0, limit.limit() - used), seconds);
    }

    /** The {@code RateLimit-Policy} field (draft-ietf-httpapi-ratelimit-headers). */
    String policyField() {
        return "\"key\";q=" + limit + ";w=" + windowSeconds;
    }

    /** The {@code RateLimit} field (draft-ietf-httpapi-ratelimit-headers). */
    String stateField() {
        return "\"key\";r=" + remaining + ";t=" + resetSeconds;
    }
}
