package dev.tollkeeper.access;

import java.util.concurrent.TimeUnit;

/**
 * How often a key may be used.
 *
 * @param limit uses in a window
 * @param windowSeconds the window's length, in seconds
 */
record RateLimit(int limit, int windowSeconds) {
    long windowMillis() {
        return TimeUnit.SECONDS.toMillis(windowSeconds);
    }
}
