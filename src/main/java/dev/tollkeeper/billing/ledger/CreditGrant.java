package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Credit that was given to a team.
 *
 * @param remaining what is left of it
 * @param expired what was left when its time was over
 * @param voided what was left when it was taken back
 * @param priority lower burns first
 * @param expiresAt null for never
 */
@RegisterForReflection
record CreditGrant(UUID id, BigDecimal amount, BigDecimal remaining, BigDecimal expired, BigDecimal voided,
        String currency, String reason, Instant expiresAt, int priority, Instant createdAt) {
    CreditGrant {
        // An answer that was kept for its Idempotency-Key before credit could be taken back does not have it.
        voided = voided == null ? BigDecimal.ZERO : voided;
    }

    /** What usage has burnt of it, a debt that it met included. */
    BigDecimal consumed() {
        return amount.subtract(remaining).subtract(expired).subtract(voided);
    }

    /** Whether its time is over. */
    boolean isDue(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Whether it was taken back. */
    boolean isTakenBack() {
        return voided.signum() > 0;
    }

    /** As it is once what is left of it was taken back. */
    CreditGrant takenBack() {
        return new CreditGrant(id, amount, BigDecimal.ZERO, expired, voided.add(remaining), currency, reason, expiresAt,
                priority, createdAt);
    }

    CreditGrant withRemaining(BigDecimal left) {
        return new CreditGrant(id, amount, left, expired, voided, currency, reason, expiresAt, priority, createdAt);
    }
}
