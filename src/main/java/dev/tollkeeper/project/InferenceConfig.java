package dev.tollkeeper.project;

import java.util.List;

/**
 * How a project's requests are routed to models, as the Cortecs Management API has it.
 *
 * @param allowedProviders the providers that may serve the project; empty for all
 * @param blacklistedModels the models that may not
 * @param euNative whether only providers native to the EU may serve it
 * @param includeMetadata whether answers carry routing metadata
 * @param preference {@code speed}, {@code cost} or {@code balanced}
 */
public record InferenceConfig(List<String> allowedProviders, List<String> blacklistedModels, boolean euNative,
        boolean includeMetadata, String preference) {
    /** What a new project has. */
    public static final InferenceConfig DEFAULT = new InferenceConfig(List.of(), List.of(), false, false, "balanced");
}
