package dev.tollkeeper.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * What is billed at once: a calendar month.
 *
 * @param month the month; in which zone is the biller's to say
 */
public record BillingPeriod(YearMonth month) {

    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final int FIRST_YEAR = 1970;

    /**
     * Reads a month such as {@code 2025-10}.
     *
     * @throws InvalidDateRangeException when it is not written so, or is before 1970
     */
    public static BillingPeriod parse(String text) {
        if (text == null || !MONTH.matcher(text).matches()) {
            throw unreadable();
        }
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() < FIRST_YEAR) {
                throw unreadable();
            }
            return new BillingPeriod(month);
        } catch (DateTimeException notAMonth) {
            throw unreadable();
        }
    }

    /** The period of the zone whose range holds the instant. */
    public static BillingPeriod of(Instant instant, ZoneId zone) {
        BillingPeriod shown = new BillingPeriod(YearMonth.from(instant.atZone(zone)));
        // Where clocks are set back over midnight, the calendar shows the old month for a while after the new one has begun.
        return instant.isBefore(shown.range(zone).end()) ? shown : new BillingPeriod(shown.month.plusMonths(1));
    }

    /** From the first instant of the month in the zone up to the first of the next. */
    public DateRange range(ZoneId zone) {
        return new DateRange(start(month, zone), start(month.plusMonths(1), zone));
    }

    private static Instant start(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private static InvalidDateRangeException unreadable() {
        return new InvalidDateRangeException("A month must be written as 2025-10, from the year " + FIRST_YEAR + " on.");
    }
}
