package dev.tollkeeper.project.config;

import java.time.Instant;
import java.util.UUID;

import dev.tollkeeper.project.ProjectSettings;

/**
 * A project's configuration as it is kept.
 *
 * @param version raised with every change
 */
record ProjectConfig(UUID id, UUID projectId, ProjectSettings settings, String schemaVersion, Instant createdAt,
        Instant updatedAt, long version) {
    /** The strong entity tag of this version. With the id in it, since projects share one path. */
    String entityTag() {
        return "\"" + id + "." + version + "\"";
    }
}
