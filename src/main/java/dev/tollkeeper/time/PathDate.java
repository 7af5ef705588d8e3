package dev.tollkeeper.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** One end of a range as it stands in a path: a date, or a date and time with or without an offset. */
final class PathDate {
    private static final int MAX_LENGTH = 40;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    /** Strict, so that 30 February and 24:00 are refused and not moved to some other day. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private PathDate() {
    }

    static Instant parse(String text, ZoneId zone) {
        if (text == null || text.length() > MAX_LENGTH) {
            throw unreadable();
        }
        try {
            TemporalAccessor written = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return checkYears(written, toInstant(written, zone));
        } catch (DateTimeException notADate) {
            throw unreadable();
        }
    }

    private static Instant toInstant(TemporalAccessor written, ZoneId zone) {
        if (written instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (written instanceof LocalDateTime dateTime) {
            return dateTime.atZone(zone).toInstant();
        }
        return LocalDate.from(written).atStartOfDay(zone).toInstant();
    }

    /** The year as written, so that 1970-01-01 works in every zone; and in UTC, so that every answer has four digits. */
    private static Instant checkYears(TemporalAccessor written, Instant instant) {
        int year = written.get(ChronoField.YEAR);
        if (year < FIRST_YEAR || year > LAST_YEAR || instant.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR) {
            throw unreadable();
        }
        return instant;
    }

    private static InvalidDateRangeException unreadable() {
        return new InvalidDateRangeException("A date must be written as 2025-10-31, 2025-10-31T14:30, 2025-10-31T14:30:00 or "
                + "2025-10-31T14:30:00+02:00, in the years " + FIRST_YEAR + " to " + LAST_YEAR + ".");
    }
}
