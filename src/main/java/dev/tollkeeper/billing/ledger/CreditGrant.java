package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Credit that was given to a team.
 *
 * @param remaining what is left of it
 * @param expired what was left when its time was over
 * @param priority lower burns first
 * @param expiresAt null for never
 */
record CreditGrant(UUID id, BigDecimal amount, BigDecimal remaining, BigDecimal expired, String currency, String reason,
        Instant expiresAt, int priority, Instant createdAt) {
    /** What usage has burnt of it, a debt that it met included. */
    BigDecimal consumed() {
        return amount.subtract(remaining).subtract(expired);
    }

    /** Whether its time is over. */
    boolean isDue(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    CreditGrant withRemaining(BigDecimal left) {
        return new CreditGrant(id, amount, left, expired, currency, reason, expiresAt, priority, createdAt);
    }
}
