package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What an event cost.
 *
 * @param at when it happened: that tells in which window it counts
 */
public record Spending(Spender spender, Instant at, BigDecimal cost) {
}
