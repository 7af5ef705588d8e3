package dev.tollkeeper.billing.reservation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/**
 * The command to hold money.
 *
 * @param amount above zero
 */
record NewReservation(UUID keyId, BigDecimal amount, Duration lifetime) {
}
