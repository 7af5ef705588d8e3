package dev.tollkeeper.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/** How long the rows of a report are, on the calendar of its zone. */
public enum BucketSize {
    /** One hour of the wall clock. */
    HOUR_1("1h"),
    /** A quarter of a day, from 0, 6, 12 and 18 o'clock. */
    HOUR_6("6h"),
    /** A day, from midnight. */
    DAY_1("1d"),
    /** An ISO week, from Monday. */
    WEEK_1("1w"),
    /** A calendar month. */
    MONTH_1("1M"),
    /** A calendar year. */
    YEAR_1("1Y");

    private static final int HOURS_IN_QUARTER_DAY = 6;

    private final String bucket;

    BucketSize(String bucket) {
        this.bucket = bucket;
    }

    /** The word for it in {@code ?bucket=}. */
    public String bucket() {
        return bucket;
    }

    /** The size that {@code ?bucket=} names, by the exact word: {@code 1M} is a month, {@code 1m} is nothing. */
    public static Optional<BucketSize> ofBucket(String bucket) {
        return Arrays.stream(values()).filter(size -> size.bucket.equals(bucket)).findFirst();
    }

    /** The size that the last part of a billing path names: {@code hourly}, {@code daily}, {@code weekly}, {@code monthly}. */
    public static Optional<BucketSize> ofInterval(String interval) {
        if (interval == null) {
            return Optional.empty();
        }
        return switch (interval) {
            case "hourly" -> Optional.of(HOUR_1);
            case "daily" -> Optional.of(DAY_1);
            case "weekly" -> Optional.of(WEEK_1);
            case "monthly" -> Optional.of(MONTH_1);
            default -> Optional.empty();
        };
    }

    /** The beginning, on the calendar, of the bucket that this local time lies in. */
    LocalDateTime floor(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        return switch (this) {
            case HOUR_1 -> time.truncatedTo(ChronoUnit.HOURS);
            case HOUR_6 -> date.atTime(time.getHour() - time.getHour() % HOURS_IN_QUARTER_DAY, 0);
            case DAY_1 -> date.atStartOfDay();
            case WEEK_1 -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
            case MONTH_1 -> date.withDayOfMonth(1).atStartOfDay();
            case YEAR_1 -> date.withDayOfYear(1).atStartOfDay();
        };
    }

    /** The beginning, on the calendar, of the bucket after the one that begins here. */
    LocalDateTime next(LocalDateTime floor) {
        return switch (this) {
            case HOUR_1 -> floor.plusHours(1);
            case HOUR_6 -> floor.plusHours(HOURS_IN_QUARTER_DAY);
            case DAY_1 -> floor.plusDays(1);
            case WEEK_1 -> floor.plusWeeks(1);
            case MONTH_1 -> floor.plusMonths(1);
            case YEAR_1 -> floor.plusYears(1);
        };
    }
}
