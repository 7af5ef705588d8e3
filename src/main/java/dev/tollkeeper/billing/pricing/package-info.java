/**
 * What a quantity costs.
 *
 * <ul>
 * <li>Tariffs are arithmetic alone: no framework, no database, no clock. A cost depends on the cumulative quantity of a pricing
 * period and on nothing else, so neither the order of events nor their batching changes it.
 * <li>More never costs less, and nothing costs nothing.
 * <li>Costs are exact; rounding is left to the bill.
 * <li>A price is never edited: one with a later {@code effective_from} takes over, for events that come in after it was made. What
 * was charged before keeps its price and its cost.
 * <li>The price of an event is the most specific of its currency and meter that was in force when it happened: of the team and
 * the model, then of the team, then of the model, then of all.
 * </ul>
 */
package dev.tollkeeper.billing.pricing;
