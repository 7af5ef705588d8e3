package dev.tollkeeper.access;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How this replica makes itself known to the others ({@code TOLLKEEPER_REPLICA_…}). */
@ConfigMapping(prefix = "tollkeeper.replica")
interface ReplicaSettings {
    /** What people call it; the host's name where none is given. */
    Optional<String> name();

    /** How long it counts after it was last seen, beyond the time that it may go by its memory without the database. */
    @WithDefault("10s")
    Duration lease();
}
