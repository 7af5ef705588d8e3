package dev.tollkeeper.key;

/**
 * How often a key may be used.
 *
 * @param limit uses in a window
 * @param windowSeconds the window's length, in seconds
 */
record KeyRate(int limit, int windowSeconds) {
}
