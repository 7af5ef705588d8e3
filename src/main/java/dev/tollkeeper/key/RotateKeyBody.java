package dev.tollkeeper.key;

import java.math.BigInteger;
import java.time.Duration;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How a key gets its new secret.
 *
 * @param overlapSeconds how long the old secret still works; not at all where left out
 */
@RegisterForReflection
@Schema(name = "RotateKey")
record RotateKeyBody(@Schema(minimum = "0", maximum = "2592000") BigInteger overlapSeconds) {
    private static final long LONGEST_OVERLAP = Duration.ofDays(30).toSeconds();

    Duration overlap() {
        return overlapSeconds == null
                ? Duration.ZERO
                : Duration.ofSeconds(KeyFields.whole("overlap_seconds", overlapSeconds, 0, LONGEST_OVERLAP));
    }
}
