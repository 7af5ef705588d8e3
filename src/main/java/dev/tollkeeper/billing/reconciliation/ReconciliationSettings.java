package dev.tollkeeper.billing.reconciliation;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about reconciliation ({@code TOLLKEEPER_RECONCILIATION_…}). */
@ConfigMapping(prefix = "tollkeeper.reconciliation")
interface ReconciliationSettings {
    /** How often each team's books are checked. */
    @WithDefault("24h")
    Duration every();
}
