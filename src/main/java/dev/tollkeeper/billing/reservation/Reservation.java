package dev.tollkeeper.billing.reservation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import dev.tollkeeper.billing.budget.Spender;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Money that is held for use to come of a key.
 *
 * @param settledAmount what was booked in the end, null unless it was settled
 * @param currency the team's
 */
@RegisterForReflection
record Reservation(UUID teamId, UUID id, Spender spender, BigDecimal amount, String currency, ReservationStatus status,
        BigDecimal settledAmount, Instant createdAt, Instant expiresAt) {

    /** As it stands at an instant: it is expired as soon as its time is over, whether or not that was written down. */
    Reservation at(Instant now) {
        boolean isOver = status == ReservationStatus.OPEN && !expiresAt.isAfter(now);
        return isOver ? ended(ReservationStatus.EXPIRED, null) : this;
    }

    Reservation ended(ReservationStatus how, BigDecimal settled) {
        return new Reservation(teamId, id, spender, amount, currency, how, settled, createdAt, expiresAt);
    }
}
