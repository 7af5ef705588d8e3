/**
 * A project's one configuration.
 * <ul>
 * <li>Only admins change it, unless its {@code allow_overwrite} lets members; only admins change that.</li>
 * <li>It names only registered providers and models, whenever those are deleted.</li>
 * <li>Every change raises its version. Of two changes that were guarded by the same {@code ETag} one is made.</li>
 * </ul>
 */
package dev.tollkeeper.project.config;
