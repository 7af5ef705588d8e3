package dev.tollkeeper.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How rate limits are kept where replicas do not count together ({@code TOLLKEEPER_RATE_LIMIT_…}). */
@ConfigMapping(prefix = "tollkeeper.rate-limit")
interface RateSettings {
    /** By how many replicas each limit is divided where each counts by itself; at least 1. */
    @WithDefault("1")
    int replicas();

    /** What happens while Redis is out of reach. */
    @WithDefault("local")
    WithoutRedis withoutRedis();

    /** What becomes of keys with a rate limit while Redis is out of reach. */
    enum WithoutRedis {
        /** This replica goes on from the counts that it saw last. */
        LOCAL,
        /** They are refused with {@code unavailable}. */
        REFUSE
    }
}
