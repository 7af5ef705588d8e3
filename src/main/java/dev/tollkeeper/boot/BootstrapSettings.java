package dev.tollkeeper.boot;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the first start on an empty database is told ({@code TOLLKEEPER_BOOTSTRAP_…}). */
@ConfigMapping(prefix = "tollkeeper.bootstrap")
interface BootstrapSettings {
    /** The operator's address. */
    Optional<String> adminEmail();

    /** The operator's password. */
    Optional<String> adminPassword();

    /** The first management key of the default project. */
    Optional<String> managementKey();

    /** The currency of the team {@code default}, an ISO 4217 code. */
    @WithDefault("EUR")
    String currency();
}
