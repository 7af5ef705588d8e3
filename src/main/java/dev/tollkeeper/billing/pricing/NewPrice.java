package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.tollkeeper.http.Ids;

/**
 * The command to make a price.
 *
 * @param model null for any
 * @param teamId null for any
 */
record NewPrice(String meter, String model, UUID teamId, TariffTerms tariff, String currency, Instant effectiveFrom) {
    CreatedPrice createdAt(Instant now) {
        return new CreatedPrice(Ids.next(), this, now.truncatedTo(ChronoUnit.MICROS));
    }
}
