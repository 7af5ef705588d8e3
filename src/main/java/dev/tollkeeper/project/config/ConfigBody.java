package dev.tollkeeper.project.config;

import java.util.Optional;

import jakarta.validation.Valid;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of a configuration, as Cortecs clients send it.
 *
 * @param createdAt accepted and not written, like {@code updatedAt} and {@code schemaVersion}
 */
@Schema(name = "ProjectConfigChange", description = "Fields left out stay as they are, in `inference_config` too. "
        + "`created_at`, `updated_at` and `schema_version` are accepted and not written.")
record ConfigBody(Optional<Boolean> active, Optional<Boolean> allowOverwrite,
        Optional<@Valid InferenceConfigChange> inferenceConfig, Optional<String> createdAt, Optional<String> updatedAt,
        Optional<String> schemaVersion) {
    ConfigChange toChange() {
        return new ConfigChange(active, allowOverwrite, inferenceConfig);
    }
}
