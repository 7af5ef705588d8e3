package dev.tollkeeper.billing.usage;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * What quantities add up for: a team's use of one model in one calendar month (UTC) under one price.
 *
 * @param model null for none
 * @param month its first day
 */
record Metered(UUID teamId, UUID priceId, String model, LocalDate month) {
    static Metered of(UUID teamId, UUID priceId, UsageEvent event) {
        return new Metered(teamId, priceId, event.model(),
                event.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1));
    }
}
