/**
 * What was used and what it costs, for any range of time.
 * <ul>
 * <li>Whole UTC hours are read from the roll-ups, what is left at the edges from the events; both in one statement, so that
 * an answer is of one moment.
 * <li>Rows tile their range with no gap and no overlap, and sum to the total; groups sum to the ungrouped.
 * <li>CSV is made from the same rows as JSON.
 * <li>Costs are exact. Only an invoice rounds, and its lines sum to its total.
 * </ul>
 */
package dev.tollkeeper.billing.report;
