package dev.tollkeeper.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.FieldError;

/**
 * What to make of a model; null leaves a field as it is, empty is a {@code null} that was sent.
 *
 * @param provider the id of a registered provider; needed for a new one
 * @param name needed for a new one
 */
@Schema(name = "ModelChange")
record ModelChange(
        Optional<@Size(min = 1, max = 100) String> provider,
        Optional<@Size(min = 1, max = 200) @Pattern(regexp = Names.PATTERN, message = Names.MESSAGE) String> name,
        Optional<@Min(1) Integer> contextTokens) {

    /** The model with these changes; {@code before} is null for a new one. */
    Model over(String id, Model before) {
        String changedProvider = RegistryIds.value("provider", provider, before == null ? null : before.provider());
        String changedName = RegistryIds.value("name", name, before == null ? null : before.name());
        List<FieldError> missing = new ArrayList<>();
        if (changedProvider == null) {
            missing.add(new FieldError("provider", "is needed for a new model"));
        }
        if (changedName == null) {
            missing.add(new FieldError("name", "is needed for a new model"));
        }
        if (!missing.isEmpty()) {
            throw DomainError.invalidFields(missing);
        }
        Integer tokensBefore = before == null ? null : before.contextTokens();
        return new Model(id, changedProvider, changedName, contextTokens == null ? tokensBefore : contextTokens.orElse(null));
    }
}
