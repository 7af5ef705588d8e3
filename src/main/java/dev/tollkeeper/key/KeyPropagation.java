package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which replicas have heard of a key's last change.
 *
 * @param changedAt when the key, or its project, its team or its maker, last changed; null where that is more than an
 *            hour ago
 * @param propagated whether every replica has heard of that change, so that it is in force everywhere
 * @param replicas those that have not heard of it first; at most 200
 */
@Schema(name = "KeyPropagation")
record KeyPropagation(UUID keyId, Instant changedAt, boolean propagated, List<Replica> replicas) {

    /**
     * One replica.
     *
     * @param lastSeenAt when it last reached the database
     * @param heardAt it has heard of everything that was committed before this time; null where it has just started
     * @param seen whether it has heard of the key's last change
     */
    @Schema(name = "KeyPropagationReplica")
    record Replica(UUID id, String name, Instant startedAt, Instant lastSeenAt, Instant heardAt, boolean seen) {
    }
}
