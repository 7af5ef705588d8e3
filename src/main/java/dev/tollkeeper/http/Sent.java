package dev.tollkeeper.http;

import java.util.Optional;

import dev.tollkeeper.http.problem.DomainError;

/** Reads the fields of a {@code PUT}'s body, which are null where they were left out and empty where sent as null. */
public final class Sent {
    private Sent() {
    }

    /**
     * The value of a field that always has one; empty where it was left out.
     *
     * @throws DomainError where it was sent as null
     */
    public static <T> Optional<T> value(Optional<T> sent, String field) {
        if (sent == null) {
            return Optional.empty();
        }
        if (sent.isEmpty()) {
            throw DomainError.invalidField(field, "cannot be cleared. Leave it out to keep it as it is");
        }
        return sent;
    }
}
