package dev.tollkeeper.http;

import java.time.ZoneId;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.InvalidDateRangeException;
import dev.tollkeeper.time.InvalidZoneException;
import dev.tollkeeper.time.ZoneIds;

/** Reads the dates, months and time zones of paths and query parameters. */
public final class DateParameters {
    private DateParameters() {
    }

    /**
     * The range from one date to another, half-open, read in a zone.
     *
     * @throws DomainError {@code invalid_date_range}
     */
    public static DateRange range(String start, String end, ZoneId zone) {
        try {
            return DateRange.parse(start, end, zone);
        } catch (InvalidDateRangeException refused) {
            throw DomainError.of(ErrorCode.INVALID_DATE_RANGE, refused.getMessage());
        }
    }

    /**
     * The zone that {@code ?timezone=} names, UTC where it is not given.
     *
     * @throws DomainError naming the parameter
     */
    public static ZoneId zone(String timezone) {
        try {
            return timezone == null ? ZoneIds.UTC : ZoneIds.parse(timezone);
        } catch (InvalidZoneException unknown) {
            throw DomainError.invalidField("timezone", unknown.getMessage());
        }
    }

    /**
     * The month that {@code ?month=} names.
     *
     * @throws DomainError naming the parameter
     */
    public static BillingPeriod month(String month) {
        try {
            return BillingPeriod.parse(month);
        } catch (InvalidDateRangeException unreadable) {
            throw DomainError.invalidField("month", unreadable.getMessage());
        }
    }
}
