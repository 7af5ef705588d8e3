package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.tollkeeper.time.DateRange;

/**
 * Which parts of some buckets are whole UTC hours, for the roll-ups to answer, and which are not, for the events.
 *
 * @param wholeHours ranges from a full hour to a full hour
 * @param edges what is left of the buckets
 */
record Segments(List<Segment> wholeHours, List<Segment> edges) {
    /**
     * A part of a bucket.
     *
     * @param bucket the bucket's place in its list
     */
    record Segment(int bucket, DateRange range) {
    }

    /** Cuts buckets, none of which is empty, so that the parts of each tile it. */
    static Segments of(List<DateRange> buckets) {
        List<Segment> wholeHours = new ArrayList<>();
        List<Segment> edges = new ArrayList<>();
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            Instant start = buckets.get(bucket).start();
            Instant end = buckets.get(bucket).end();
            Instant firstHour = ceiling(start);
            Instant lastHour = end.truncatedTo(ChronoUnit.HOURS);
            if (firstHour.isBefore(lastHour)) {
                add(edges, bucket, start, firstHour);
                add(wholeHours, bucket, firstHour, lastHour);
                add(edges, bucket, lastHour, end);
            } else {
                add(edges, bucket, start, end);
            }
        }
        return new Segments(wholeHours, edges);
    }

    private static Instant ceiling(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.HOURS);
        return floor.equals(instant) ? instant : floor.plus(1, ChronoUnit.HOURS);
    }

    private static void add(List<Segment> segments, int bucket, Instant start, Instant end) {
        if (start.isBefore(end)) {
            segments.add(new Segment(bucket, new DateRange(start, end)));
        }
    }
}
