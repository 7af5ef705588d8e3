package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;

/** An open reservation. */
record Hold(Spender spender, BigDecimal amount, Instant expiresAt) {
}
