package dev.tollkeeper.project.config;

import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.project.InferenceConfig;

/**
 * What to make of an {@link InferenceConfig}; null leaves a field as it is, empty (a {@code null} that was sent) puts it
 * back to its default. What a list names twice counts once.
 */
@Schema(name = "InferenceConfigChange")
record InferenceConfigChange(
        Optional<@Size(max = 500) List<@NotNull @Size(min = 1, max = 100) String>> allowedProviders,
        Optional<@Size(max = 500) List<@NotNull @Size(min = 1, max = 200) String>> blacklistedModels,
        Optional<Boolean> euNative,
        Optional<Boolean> includeMetadata,
        Optional<@Pattern(regexp = "speed|cost|balanced", message = "must be speed, cost or balanced") String> preference) {

    private static final InferenceConfig DEFAULT = InferenceConfig.DEFAULT;

    /** Puts every field back. */
    static final InferenceConfigChange RESET = new InferenceConfigChange(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    /** The configuration with these changes. */
    InferenceConfig over(InferenceConfig before) {
        return new InferenceConfig(
                distinct(value(allowedProviders, before.allowedProviders(), DEFAULT.allowedProviders())),
                distinct(value(blacklistedModels, before.blacklistedModels(), DEFAULT.blacklistedModels())),
                value(euNative, before.euNative(), DEFAULT.euNative()),
                value(includeMetadata, before.includeMetadata(), DEFAULT.includeMetadata()),
                value(preference, before.preference(), DEFAULT.preference()));
    }

    /** The providers that this names, in its own order. */
    List<String> namedProviders() {
        return value(allowedProviders, List.of(), List.of());
    }

    /** The models that this names, in its own order. */
    List<String> namedModels() {
        return value(blacklistedModels, List.of(), List.of());
    }

    private static List<String> distinct(List<String> names) {
        return names.stream().distinct().toList();
    }

    private static <T> T value(Optional<T> sent, T before, T initial) {
        return sent == null ? before : sent.orElse(initial);
    }
}
