package dev.tollkeeper.project;

import java.util.List;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request's own wishes; what is null is not asked for.
 *
 * @param allowedProviders see {@link InferenceConfig}
 */
@Schema(name = "InferenceConfigWishes")
public record InferenceConfigRequest(
        @Size(max = 500) List<@Size(min = 1, max = 100) String> allowedProviders,
        @Size(max = 500) List<@Size(min = 1, max = 200) String> blacklistedModels,
        Boolean euNative,
        Boolean includeMetadata,
        @Pattern(regexp = "speed|cost|balanced", message = "must be speed, cost or balanced") String preference) {

    /** These wishes, and the given configuration where there are none. */
    public InferenceConfig over(InferenceConfig stored) {
        return new InferenceConfig(allowedProviders == null ? stored.allowedProviders() : List.copyOf(allowedProviders),
                blacklistedModels == null ? stored.blacklistedModels() : List.copyOf(blacklistedModels),
                euNative == null ? stored.euNative() : euNative,
                includeMetadata == null ? stored.includeMetadata() : includeMetadata,
                preference == null ? stored.preference() : preference);
    }
}
