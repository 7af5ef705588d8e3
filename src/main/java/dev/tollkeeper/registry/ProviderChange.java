package dev.tollkeeper.registry;

import java.util.Optional;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.problem.DomainError;

/**
 * What to make of a provider; null leaves a field as it is, empty is a {@code null} that was sent.
 *
 * @param name needed for a new one
 * @param euNative false for a new one where it is left out
 */
@Schema(name = "ProviderChange")
record ProviderChange(
        Optional<@Size(min = 1, max = 100) @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE) String> name,
        Optional<Boolean> euNative) {

    /** The provider with these changes; {@code before} is null for a new one. */
    Provider over(String id, Provider before) {
        String changedName = RegistryIds.value("name", name, before == null ? null : before.name());
        if (changedName == null) {
            throw DomainError.invalidField("name", "is needed for a new provider");
        }
        return new Provider(id, changedName, RegistryIds.value("eu_native", euNative, before != null && before.euNative()));
    }
}
