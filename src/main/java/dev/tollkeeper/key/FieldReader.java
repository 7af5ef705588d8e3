package dev.tollkeeper.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.FieldError;

/** Reads the fields of a request and tells all that is wrong with them at once. */
final class FieldReader {
    private final List<FieldError> errors = new ArrayList<>();

    /** What a field holds; null where it cannot be taken, which {@link #finish()} then tells. */
    <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DomainError.InvalidFields wrong) {
            errors.addAll(wrong.errors());
            return null;
        }
    }

    /** What a field of an edit holds; null also where the field was left out. */
    <T> T read(Supplier<T> reading, Object sent) {
        return sent == null ? null : read(reading);
    }

    /**
     * Ends the reading.
     *
     * @throws DomainError naming every field that cannot be taken
     */
    void finish() {
        if (!errors.isEmpty()) {
            throw DomainError.invalidFields(errors);
        }
    }
}
