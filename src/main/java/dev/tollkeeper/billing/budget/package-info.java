/**
 * Budgets: how much a project, a key or a user may cost in a window of the calendar.
 *
 * <ul>
 * <li>A window comes from the period, the zone and the instant, never from zeroing a counter.
 * <li>What was spent in a window is the sum of the costs of the events that happened in it, whatever the order in which they came
 * and whenever the budget was made or edited.
 * <li>Everything here is written under the lock on the team's balance: counting in the transaction of the events, edits in their own.
 * <li>A threshold fires once a window, in the transaction that reached it.
 * <li>What verification needs is written down in advance: who has used a budget up, from when until when. No window has to be
 * touched for a key to be free again.
 * </ul>
 */
package dev.tollkeeper.billing.budget;
