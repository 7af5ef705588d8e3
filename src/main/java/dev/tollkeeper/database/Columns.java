package dev.tollkeeper.database;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/** Values as PostgreSQL takes and gives them; of many rows an array for each column, for {@code unnest}. */
public final class Columns {
    private Columns() {
    }

    /** A column of ids; null where a row has none. */
    public static <R> UUID[] uuids(Collection<R> rows, Function<? super R, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    /** A column of text; null where a row has none. */
    public static <R> String[] texts(Collection<R> rows, Function<? super R, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    /** A column of times; null where a row has none. */
    public static <R> OffsetDateTime[] times(Collection<R> rows, Function<? super R, Instant> column) {
        return rows.stream().map(column).map(Columns::offset).toArray(OffsetDateTime[]::new);
    }

    /** A column of months, each as its first day; null where a row has none. */
    public static <R> LocalDate[] months(Collection<R> rows, Function<? super R, YearMonth> column) {
        return rows.stream().map(column).map(Columns::firstDay).toArray(LocalDate[]::new);
    }

    /** A month as a {@code date}, its first day; null for null. */
    public static LocalDate firstDay(YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    /** The month that a {@code date} is in; null for null. */
    public static YearMonth month(LocalDate day) {
        return day == null ? null : YearMonth.from(day);
    }

    /** A time as a {@code timestamptz}; null for null. */
    public static OffsetDateTime offset(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** The time that a {@code timestamptz} tells; null for null. */
    public static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
