package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;

/**
 * How a team stands at one moment.
 *
 * @param posted what was booked; below zero, what the team owes
 * @param pending what reservations hold
 * @param overdraft how far below zero the balance may go, null for any distance
 */
public record Standing(BigDecimal posted, BigDecimal pending, BigDecimal overdraft) {
    /** What is left above the floor, or above zero where there is none, and is held by nobody. */
    public BigDecimal available() {
        BigDecimal unheld = posted.subtract(pending);
        return overdraft == null ? unheld : unheld.add(overdraft);
    }

    /** Whether an amount more can be held. */
    boolean hasRoomFor(BigDecimal amount) {
        return overdraft == null || available().compareTo(amount) >= 0;
    }
}
