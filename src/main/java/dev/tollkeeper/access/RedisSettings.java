package dev.tollkeeper.access;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The Redis or Valkey in which all replicas count together ({@code TOLLKEEPER_REDIS_…}). */
@ConfigMapping(prefix = "tollkeeper.redis")
interface RedisSettings {
    /** Where it is; without it each replica counts by itself. */
    Optional<String> url();

    /** How long a verification waits for its answer. */
    @WithDefault("250ms")
    Duration timeout();
}
