package dev.tollkeeper.billing.invoice;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about closing months ({@code TOLLKEEPER_INVOICES_…}). */
@ConfigMapping(prefix = "tollkeeper.invoices")
interface InvoiceSettings {
    /** How long after its end a month (UTC) is closed, at least an hour; until then late events still count in it. */
    @WithDefault("72h")
    Duration closeAfter();
}
