/**
 * Usage as it is reported: events in, costs out.
 *
 * <ul>
 * <li>(team, source, id) counts once, however often and whenever it is sent again, by whichever request. The same id with other
 * content is a conflict and changes nothing. A rejected event uses its id up not at all.
 * <li>A request is one transaction: events, their hourly roll-up and the debit of what they cost. It is answered after the commit,
 * and only then.
 * <li>An event is priced when it comes in, at the price in force when it happened, and keeps that price and cost.
 * <li>A roll-up is always the sum of its events.
 * <li>Every debit names its batch; the events of the batch carry its id, their price and their cost, which sum to the debit.
 * </ul>
 */
package dev.tollkeeper.billing.usage;
