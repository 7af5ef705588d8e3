package dev.tollkeeper.project.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.FieldError;
import dev.tollkeeper.registry.RegistryReferences;
import io.smallrye.mutiny.Uni;

/** Holds a change to what the registry has. */
@Singleton
class RegistryCheck {
    private static final Pattern LOOKS_LIKE_AN_ID = Pattern.compile("[a-z0-9._:/-]{1,200}");

    private final RegistryReferences registry;

    RegistryCheck(RegistryReferences registry) {
        this.registry = registry;
    }

    /** Fails with {@code registry_validation_failed} naming each provider and model that is not registered. */
    Uni<Void> require(Sql sql, InferenceConfigChange change) {
        List<FieldError> errors = new ArrayList<>();
        return registry.holdProviders(sql, change.namedProviders())
                .invoke(known -> note(errors, "allowed_providers", "provider", change.namedProviders(), known))
                .chain(() -> registry.holdModels(sql, change.namedModels()))
                .invoke(known -> note(errors, "blacklisted_models", "model", change.namedModels(), known))
                .invoke(() -> refuse(errors))
                .replaceWithVoid();
    }

    private static void note(List<FieldError> errors, String field, String what, List<String> named, Set<String> known) {
        for (int index = 0; index < named.size(); index++) {
            if (!known.contains(named.get(index))) {
                errors.add(new FieldError("inference_config." + field + "[" + index + "]",
                        told(named.get(index)) + " is not a " + what + " of the registry. GET /api/registry lists them"));
            }
        }
    }

    /** What was sent, where it looks like an id: a secret that was pasted into the wrong place is not told again. */
    private static String told(String name) {
        return LOOKS_LIKE_AN_ID.matcher(name).matches() ? "'" + name + "'" : "this";
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw DomainError.fields(ErrorCode.REGISTRY_VALIDATION_FAILED, errors);
        }
    }
}
