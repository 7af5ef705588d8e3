/**
 * What was used, what it costs, and what a team has left.
 *
 * <p>Usage comes in through {@link dev.tollkeeper.billing.usage}, is priced by {@link dev.tollkeeper.billing.pricing} at the time
 * it happened, and is booked in {@link dev.tollkeeper.billing.ledger}, all in one transaction. Every amount is a
 * {@code BigDecimal} that keeps every digit of quantity times price; nothing here rounds.
 */
package dev.tollkeeper.billing;
