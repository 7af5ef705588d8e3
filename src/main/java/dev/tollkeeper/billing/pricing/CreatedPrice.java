package dev.tollkeeper.billing.pricing;

import java.time.Instant;
import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A price that was made. */
@RegisterForReflection
record CreatedPrice(UUID id, NewPrice terms, Instant createdAt) {
    Price price() {
        return new Price(id, terms.meter(), terms.model(), terms.teamId(), terms.tariff().tariff(), terms.currency(),
                terms.effectiveFrom(), createdAt);
    }
}
