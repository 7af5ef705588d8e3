package dev.tollkeeper.project.config;

import java.util.Optional;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectSettings;

/**
 * What to make of a configuration; null leaves a field as it is, empty is a {@code null} that was sent.
 *
 * @param active cannot be cleared
 * @param allowOverwrite cleared, it is false
 * @param inferenceConfig cleared, it is the default
 */
record ConfigChange(Optional<Boolean> active, Optional<Boolean> allowOverwrite,
        Optional<InferenceConfigChange> inferenceConfig) {
    private static final InferenceConfigChange NOTHING = new InferenceConfigChange(null, null, null, null, null);

    ConfigChange {
        if (active != null && active.isEmpty()) {
            throw DomainError.invalidField("active", "cannot be cleared");
        }
    }

    /** The settings with these changes. */
    ProjectSettings over(ProjectSettings before) {
        return new ProjectSettings(active == null ? before.active() : active.orElseThrow(),
                allowOverwrite == null ? before.allowOverwrite() : allowOverwrite.orElse(false),
                inference().over(before.inferenceConfig()));
    }

    /** The change of the inner configuration. */
    InferenceConfigChange inference() {
        return inferenceConfig == null ? NOTHING : inferenceConfig.orElse(InferenceConfigChange.RESET);
    }
}
