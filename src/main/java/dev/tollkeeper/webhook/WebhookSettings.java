package dev.tollkeeper.webhook;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about webhooks ({@code TOLLKEEPER_WEBHOOKS_…}). */
@ConfigMapping(prefix = "tollkeeper.webhooks")
interface WebhookSettings {
    /** Whether messages go to addresses that are not public as well: for receivers in the installation's own network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How long one attempt may take, from the look-up of the host's name to the end of the answer. */
    @WithDefault("15s")
    Duration timeout();

    /** How long the log of deliveries is kept. */
    @WithDefault("30d")
    Duration keepDeliveries();
}
