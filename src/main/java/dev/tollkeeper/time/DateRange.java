package dev.tollkeeper.time;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The time from {@code start} up to but not including {@code end}. Equal ends make an empty range, which bills nothing.
 *
 * @param start the first instant in the range, cut to the microsecond
 * @param end the first instant after it, cut to the microsecond
 */
public record DateRange(Instant start, Instant end) {

    /** @throws InvalidDateRangeException when the end is before the start */
    public DateRange {
        start = start.truncatedTo(ChronoUnit.MICROS);
        end = end.truncatedTo(ChronoUnit.MICROS);
        if (end.isBefore(start)) {
            throw new InvalidDateRangeException("The end of the range must not be before its start.");
        }
    }

    /**
     * Reads the two dates of a path. {@code 2025-10-31} is the first instant of that day in the zone: midnight, or later where
     * daylight-saving time skips midnight. {@code 2025-10-31T14:30}, with optional seconds and fraction, is local time in the
     * zone; a local time that was skipped is moved forward by what was skipped, and one that happens twice is the earlier. With
     * {@code Z} or an offset such as {@code +02:00} behind it the zone plays no part.
     *
     * @throws InvalidDateRangeException when either is not written so, is outside the years 1970 to 9999, or the end is before
     *         the start
     */
    public static DateRange parse(String start, String end, ZoneId zone) {
        return new DateRange(PathDate.parse(start, zone), PathDate.parse(end, zone));
    }

    /** Whether no instant lies in the range. */
    public boolean isEmpty() {
        return start.equals(end);
    }

    /** The time that passes within the range; a day may have 23 or 25 hours. */
    public Duration duration() {
        return Duration.between(start, end);
    }
}
