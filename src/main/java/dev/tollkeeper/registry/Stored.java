package dev.tollkeeper.registry;

/**
 * What a {@code PUT} left behind.
 *
 * @param <T> what was stored
 * @param created whether it is new
 */
record Stored<T>(T thing, boolean created) {
}
