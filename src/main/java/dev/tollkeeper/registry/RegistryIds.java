package dev.tollkeeper.registry;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.tollkeeper.http.problem.DomainError;

/** The ids of the registry, as the schema's checks have them. */
final class RegistryIds {
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9._:-]*(/[a-z0-9][a-z0-9._:-]*)*");
    private static final int LONGEST_MODEL = 200;

    private RegistryIds() {
    }

    /** @throws DomainError where no provider can have this id */
    static String provider(String id) {
        if (isProvider(id)) {
            return id;
        }
        throw DomainError.invalidField("id",
                "must be 1 to 100 of a-z, 0-9, '.', '_' and '-', with a letter or digit first");
    }

    /** @throws DomainError where no model can have this id */
    static String model(String id) {
        if (isModel(id)) {
            return id;
        }
        throw DomainError.invalidField("id", "must be 1 to 200 of a-z, 0-9, '.', '_', ':', '-' and '/', with a letter or "
                + "digit first and after each '/'");
    }

    /** Whether a provider can have this id. */
    static boolean isProvider(String id) {
        return PROVIDER.matcher(id).matches();
    }

    /** Whether a model can have this id. */
    static boolean isModel(String id) {
        return id.length() <= LONGEST_MODEL && MODEL.matcher(id).matches();
    }

    /** The value that a field has after a change that cannot clear it. */
    static <T> T value(String field, Optional<T> sent, T before) {
        if (sent == null) {
            return before;
        }
        return sent.orElseThrow(() -> DomainError.invalidField(field, "cannot be cleared"));
    }
}
