package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about billing ({@code TOLLKEEPER_BILLING_…}). */
@ConfigMapping(prefix = "tollkeeper.billing")
interface BillingSettings {
    /** Whether a team's admins, and its keys with {@code billing:write}, may give their own team credit. */
    @WithDefault("false")
    boolean keysMayGrantCredit();

    /** At which balance, in a team's own currency, webhooks are told that it is low; never where none is set. */
    Optional<BigDecimal> balanceLow();
}
