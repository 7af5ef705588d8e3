package dev.tollkeeper.billing.usage;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * What quantities add up for: a team's use of one model in one calendar month (UTC) under one price.
 *
 * @param model null for none
 */
record Metered(UUID teamId, UUID priceId, String model, YearMonth month) {
    static Metered of(UUID teamId, UUID priceId, UsageEvent event) {
        return new Metered(teamId, priceId, event.model(),
                YearMonth.from(event.occurredAt().atOffset(ZoneOffset.UTC)));
    }
}
