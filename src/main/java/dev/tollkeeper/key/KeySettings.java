package dev.tollkeeper.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about keys ({@code TOLLKEEPER_KEYS_…}). */
@ConfigMapping(prefix = "tollkeeper.keys")
interface KeySettings {
    /** How many live keys (neither revoked nor deleted) a project may have. */
    @WithDefault("100")
    int limitPerProject();
}
