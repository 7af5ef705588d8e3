/**
 * What a quantity costs, as arithmetic alone: no framework, no database, no clock.
 *
 * <ul>
 * <li>A cost depends on the cumulative quantity of a pricing period and on nothing else, so neither the order of events nor
 * their batching changes it.
 * <li>More never costs less, and nothing costs nothing.
 * <li>Costs are exact; rounding is left to the bill.
 * </ul>
 */
package dev.tollkeeper.billing.pricing;
