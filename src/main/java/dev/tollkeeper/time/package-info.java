/**
 * Ranges of time and the calendar that cuts them, without a framework.
 *
 * <ul>
 * <li>Every range is half-open, {@code [start, end)}, and exact to the microsecond, which is what PostgreSQL keeps.
 * <li>Buckets tile their range with no gap and no overlap in every time zone, and where a range is cut does not depend on where
 * it begins: {@code [a, b)} and {@code [b, c)} together have the cuts of {@code [a, c)}, and {@code b}.
 * <li>Every instant belongs to exactly one billing period of a zone.
 * <li>Nothing reads the clock or the default time zone.
 * </ul>
 */
package dev.tollkeeper.time;
