package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.util.UUID;

/**
 * What a meter costs from some time on.
 *
 * @param model the model it is for, null for any
 * @param teamId the team it is for, null for any
 */
public record Price(UUID id, String meter, String model, UUID teamId, Tariff tariff, String currency, Instant effectiveFrom,
        Instant createdAt) {
}
