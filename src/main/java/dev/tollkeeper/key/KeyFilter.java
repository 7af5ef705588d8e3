package dev.tollkeeper.key;

import java.time.Instant;
import java.util.Optional;

import dev.tollkeeper.http.problem.DomainError;

/**
 * Which keys of a project are listed; what is null asks nothing.
 *
 * @param name exactly this name
 * @param search names that hold this, in large or small letters
 * @param expiresBefore keys that expire before this instant
 * @param unusedSince keys that were not used since this instant, or never
 */
record KeyFilter(String name, String search, KeyStatus status, Instant expiresBefore, Instant unusedSince) {
    /**
     * Reads the query parameters.
     *
     * @throws DomainError naming the parameter that cannot be taken
     */
    static KeyFilter of(String name, String search, String status, String expiresBefore, String unusedSince) {
        return new KeyFilter(name == null ? null : KeyFields.name(name),
                search == null ? null : KeyFields.name("search", search), status == null ? null : status(status),
                expiresBefore == null ? null : KeyFields.time("expires_before", expiresBefore),
                unusedSince == null ? null : KeyFields.time("unused_since", unusedSince));
    }

    private static KeyStatus status(String word) {
        Optional<KeyStatus> status = KeyStatus.of(word);
        return status.orElseThrow(() -> DomainError.invalidField("status", "must be active, disabled, expired or revoked"));
    }
}
