/**
 * Reservations: money that is held for use to come, so that what is let through never costs more than there is.
 *
 * <ul>
 * <li>A reservation is made and ended under the lock on the team's balance. What is open of all of them together is never more than
 * what a team, where its balance has a floor, has left above it at the time one is made; nor, with what was spent, more than the limit
 * of any budget that counts its key.
 * <li>It ends exactly once: settled, released, or expired by the clock at once, whenever that is noted.
 * <li>Settling books one usage event of the reservation's id, as any other event is booked: at a price of 1 a unit, so that its cost
 * is what was settled, to the last digit.
 * </ul>
 */
package dev.tollkeeper.billing.reservation;
