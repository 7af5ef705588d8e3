package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An event whose values can be taken.
 *
 * @param quantity canonical
 * @param model null for none
 * @param metadata canonical JSON, null for none
 */
record UsageEvent(EventId id, Instant occurredAt, KeyReference key, String meter, BigDecimal quantity, String model,
        String metadata) {
}
