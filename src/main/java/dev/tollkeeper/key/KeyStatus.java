package dev.tollkeeper.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Whether a key can be used. Where several would fit, revoked is told before disabled, and disabled before expired. */
@RegisterForReflection
enum KeyStatus {
    ACTIVE,
    DISABLED,
    EXPIRED,
    REVOKED;

    /** The status as the API writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status that the API writes so. */
    static Optional<KeyStatus> of(String word) {
        return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
    }
}
