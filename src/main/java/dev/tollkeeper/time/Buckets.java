package dev.tollkeeper.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** Cuts a range into the rows of a report. */
public final class Buckets {
    /** The most buckets one range is cut into. */
    public static final int MAX_BUCKETS = 20_000;

    private Buckets() {
    }

    /**
     * Tiles a range with buckets: the first begins at its start, each begins where the one before it ends, and the last ends at
     * its end. In between, cuts lie where the zone's calendar has them.
     *
     * <p>From six hours up, a bucket begins at the first instant at which the wall clock shows its beginning, so a day has 23, 24
     * or 25 hours, begins at one where midnight is skipped, and is left out where a zone skipped the whole day. An hourly bucket
     * is one hour of the wall clock under one offset from UTC: an hour that happens twice is two buckets, and where clocks change
     * by half an hour there is one bucket of half an hour.
     *
     * @return the buckets in order; none for an empty range
     * @throws InvalidDateRangeException when there would be more than {@link #MAX_BUCKETS}
     */
    public static List<DateRange> tile(DateRange range, BucketSize size, ZoneId zone) {
        List<DateRange> buckets = new ArrayList<>();
        Instant start = range.start();
        while (start.isBefore(range.end())) {
            if (buckets.size() == MAX_BUCKETS) {
                throw new InvalidDateRangeException("The range has more than " + MAX_BUCKETS
                        + " intervals; ask for a larger interval or a shorter range.");
            }
            Instant cut = nextCut(start, size, zone);
            Instant end = cut.isBefore(range.end()) ? cut : range.end();
            buckets.add(new DateRange(start, end));
            start = end;
        }
        return buckets;
    }

    /**
     * The whole bucket, from six hours up, that an instant lies in: from the last cut of the zone's calendar that is not after it up
     * to the next.
     */
    public static DateRange holding(Instant instant, BucketSize size, ZoneId zone) {
        LocalDateTime floor = size.floor(instant.atZone(zone).toLocalDateTime());
        Instant start = LocalClock.firstInstantAt(floor, zone);
        Instant end = LocalClock.firstInstantAt(size.next(floor), zone);
        // Where clocks were set back over this cut, the calendar shows the old bucket for a while after the new one has begun.
        while (!end.isAfter(instant)) {
            floor = size.next(floor);
            start = end;
            end = LocalClock.firstInstantAt(size.next(floor), zone);
        }
        return new DateRange(start, end);
    }

    /** The first cut after an instant; always later than it, so that tiling ends. */
    private static Instant nextCut(Instant after, BucketSize size, ZoneId zone) {
        return size == BucketSize.HOUR_1 ? nextHour(after, zone) : nextOnCalendar(after, size, zone);
    }

    private static Instant nextHour(Instant after, ZoneId zone) {
        OffsetDateTime local = after.atZone(zone).toOffsetDateTime();
        Instant hourEnd = BucketSize.HOUR_1.next(BucketSize.HOUR_1.floor(local.toLocalDateTime())).toInstant(local.getOffset());
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        return change != null && change.getInstant().isBefore(hourEnd) ? change.getInstant() : hourEnd;
    }

    private static Instant nextOnCalendar(Instant after, BucketSize size, ZoneId zone) {
        LocalDateTime floor = size.floor(after.atZone(zone).toLocalDateTime());
        Instant cut;
        do {
            floor = size.next(floor);
            cut = LocalClock.firstInstantAt(floor, zone);
            // Not after: clocks were set back over this cut, or the bucket was skipped altogether.
        } while (!cut.isAfter(after));
        return cut;
    }
}
