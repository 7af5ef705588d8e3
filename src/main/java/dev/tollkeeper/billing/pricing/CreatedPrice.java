package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.util.UUID;

/** A price that was made. */
record CreatedPrice(UUID id, NewPrice terms, Instant createdAt) {
    Price price() {
        return new Price(id, terms.meter(), terms.model(), terms.teamId(), new PerUnit(terms.unitPrice()), terms.currency(),
                terms.effectiveFrom(), createdAt);
    }
}
