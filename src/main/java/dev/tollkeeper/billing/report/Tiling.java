package dev.tollkeeper.billing.report;

import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.time.BucketSize;
import dev.tollkeeper.time.Buckets;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.InvalidDateRangeException;

/**
 * A range cut into the rows of a report.
 *
 * @param word the interval or bucket as the request named it
 */
record Tiling(UUID teamId, DateRange range, String word, ZoneId zone, List<DateRange> buckets) {
    /**
     * Cuts a range.
     *
     * @throws DomainError {@code invalid_date_range} for more rows than a report may have
     */
    static Tiling of(UUID teamId, DateRange range, String word, BucketSize size, ZoneId zone) {
        try {
            return new Tiling(teamId, range, word, zone, Buckets.tile(range, size, zone));
        } catch (InvalidDateRangeException tooMany) {
            throw DomainError.of(ErrorCode.INVALID_DATE_RANGE, tooMany.getMessage());
        }
    }
}
