package dev.tollkeeper.access;

import java.util.Optional;

import dev.tollkeeper.http.problem.ErrorCode;

/** What the checks say of a presented key. */
sealed interface Verdict {
    /** The key may be used. */
    record Accepted(KeyRecord key) implements Verdict {
    }

    /**
     * The key may not be used.
     *
     * @param code which check refused it
     * @param key the key, where the secret matched one
     */
    record Refused(ErrorCode code, Optional<KeyRecord> key) implements Verdict {
        static Refused unknown() {
            return new Refused(ErrorCode.KEY_INVALID, Optional.empty());
        }
    }
}
