package dev.tollkeeper.key;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about keys ({@code TOLLKEEPER_KEYS_…}). */
@ConfigMapping(prefix = "tollkeeper.keys")
interface KeySettings {
    /** How many live keys (neither revoked nor deleted) a project may have. */
    @WithDefault("100")
    int limitPerProject();

    /** How long before a key's expiry webhooks are told of it. */
    @WithDefault("7d")
    Duration expiringNotice();
}
