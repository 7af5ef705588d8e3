/**
 * Exact decimal values: amounts of money, quantities, and how both are read and written.
 *
 * <ul>
 * <li>Decimal arithmetic only; nothing here knows a binary fraction.
 * <li>Nothing rounds by itself. {@link dev.tollkeeper.money.LargestRemainder} is the one place that rounds, and its lines
 * always add up to the rounded total.
 * <li>A value survives text, {@code BigDecimal} and text again unchanged; values that differ only in trailing zeros are equal.
 * <li>Text from outside is bounded in length and in digits before anything is computed from it.
 * </ul>
 */
package dev.tollkeeper.money;
