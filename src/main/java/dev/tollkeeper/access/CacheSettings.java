package dev.tollkeeper.access;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long this replica may go by what it remembers of keys ({@code TOLLKEEPER_CACHE_…}). */
@ConfigMapping(prefix = "tollkeeper.cache")
interface CacheSettings {
    /** How long without word from the channel between replicas; 0 asks the database each time. */
    @WithDefault("5s")
    Duration maxAge();

    /** How long without the database; 0 refuses at once. */
    @WithDefault("30s")
    Duration maxStale();

    /** The most keys that are remembered. */
    @WithDefault("200000")
    int maxKeys();

    /** How long a look-up may take. */
    @WithDefault("5s")
    Duration lookupTimeout();
}
