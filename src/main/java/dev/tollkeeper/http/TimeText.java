package dev.tollkeeper.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.tollkeeper.http.problem.DomainError;

/** Reads times as the API takes them: RFC 3339 with seconds and an offset, cut to the microseconds that are stored. */
public final class TimeText {
    private static final Pattern RFC_3339 = Pattern
            .compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private TimeText() {
    }

    /** The time that the text says, empty where it is none. */
    public static Optional<Instant> parse(String text) {
        if (text == null || !RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /**
     * The time in a field.
     *
     * @throws DomainError naming the field
     */
    public static Instant inField(String text, String field) {
        return parse(text).orElseThrow(
                () -> DomainError.invalidField(field, "must be a time with its offset, such as 2025-10-31T00:00:00Z"));
    }
}
