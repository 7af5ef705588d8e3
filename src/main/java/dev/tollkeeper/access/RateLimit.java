package dev.tollkeeper.access;

/**
 * How often a key may be used.
 *
 * @param limit uses in a window
 * @param windowSeconds the window's length, in seconds
 */
record RateLimit(int limit, int windowSeconds) {
}
