package dev.tollkeeper.billing.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Credit that was given, and what became of it. */
final class ModelGrant {
    final UUID id;
    final BigDecimal amount;
    private final int priority;
    private final Instant expiresAt;
    BigDecimal remaining;
    BigDecimal expired = BigDecimal.ZERO;

    ModelGrant(UUID id, BigDecimal amount, int priority, Instant expiresAt, BigDecimal remaining) {
        this.id = id;
        this.amount = amount;
        this.priority = priority;
        this.expiresAt = expiresAt;
        this.remaining = remaining;
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    boolean endsBefore(ModelGrant other) {
        return expiresAt != null && (other.expiresAt == null || expiresAt.isBefore(other.expiresAt));
    }

    /** Of two that are alike the older burns first: they are asked in the order in which they were given. */
    boolean burnsBefore(ModelGrant older) {
        return priority != older.priority ? priority < older.priority : endsBefore(older);
    }

    BigDecimal consumed() {
        return amount.subtract(remaining).subtract(expired);
    }
}
