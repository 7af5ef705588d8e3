package dev.tollkeeper.project.config;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tollkeeper.project.InferenceConfig;

/** A project's configuration as the Cortecs Management API tells it. */
@Schema(name = "ProjectConfig")
record ConfigAnswer(@JsonProperty("_id") UUID id, UUID projectId, boolean active, boolean allowOverwrite,
        InferenceConfig inferenceConfig, String schemaVersion, Instant createdAt, Instant updatedAt) {
    static ConfigAnswer of(ProjectConfig config) {
        return new ConfigAnswer(config.id(), config.projectId(), config.settings().active(),
                config.settings().allowOverwrite(), config.settings().inferenceConfig(), config.schemaVersion(),
                config.createdAt(), config.updatedAt());
    }
}
