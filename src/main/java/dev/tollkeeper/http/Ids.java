package dev.tollkeeper.http;

import java.util.Optional;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;

import dev.tollkeeper.http.problem.DomainError;

/** Ids of things: UUID version 7 (RFC 9562), so that later ids sort after earlier ones. */
public final class Ids {
    private static final int CANONICAL_LENGTH = 36;

    private Ids() {
    }

    /** A new id. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** Reads an id as the API writes it; anything else is an id of nothing. */
    public static Optional<UUID> parse(String text) {
        if (text == null || text.length() != CANONICAL_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /**
     * Reads the id in a path.
     *
     * @throws DomainError not found, since no such thing can be
     */
    public static UUID inPath(String text, String what) {
        return parse(text).orElseThrow(() -> DomainError.notFound(what));
    }

    /**
     * Reads the id in a field or a query parameter.
     *
     * @throws DomainError naming the field
     */
    public static UUID inField(String text, String field) {
        return parse(text).orElseThrow(() -> DomainError.invalidField(field, "is not an id as this API gives them"));
    }
}
