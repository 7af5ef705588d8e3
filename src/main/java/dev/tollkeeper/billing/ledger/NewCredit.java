package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The command to give a team credit.
 *
 * @param amount above zero
 * @param expiresAt null for never
 * @param priority lower burns first
 */
record NewCredit(BigDecimal amount, String reason, Instant expiresAt, int priority) {
}
