/**
 * The providers and models that this installation knows.
 * <ul>
 * <li>Everybody reads it; only the operator changes it. Its changes are made one after another.</li>
 * <li>What a configuration or a price names is not deleted, however the two requests meet: who names something holds its
 * row until the end of their transaction ({@link dev.tollkeeper.registry.RegistryReferences}), and a deletion waits for
 * them before it looks.</li>
 * </ul>
 */
package dev.tollkeeper.registry;
