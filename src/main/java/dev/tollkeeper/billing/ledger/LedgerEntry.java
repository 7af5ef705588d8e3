package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * One line of a team's balance account.
 *
 * @param transactionId the ledger transaction it is part of
 * @param amount what was added; below zero, what was taken
 * @param reverses the transaction that this one takes back, null for none
 * @param adjusts the closed month that late usage belongs to, null for none
 */
record LedgerEntry(UUID id, UUID transactionId, Instant at, String kind, BigDecimal amount, BigDecimal balanceAfter,
        String currency, String referenceType, UUID referenceId, UUID reverses, YearMonth adjusts) {
}
