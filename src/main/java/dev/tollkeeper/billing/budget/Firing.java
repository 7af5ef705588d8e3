package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;

/**
 * That a threshold was reached, for the first time in a window.
 *
 * @param threshold the fraction of the limit
 */
record Firing(Count count, BigDecimal threshold) {
}
