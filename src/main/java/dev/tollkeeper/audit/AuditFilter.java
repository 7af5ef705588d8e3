package dev.tollkeeper.audit;

import java.time.Instant;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.FieldError;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.InvalidDateRangeException;
import dev.tollkeeper.time.ZoneIds;

/**
 * Which entries are asked for; null for no such condition.
 *
 * @param actor the id or the name of who did it
 * @param action what was done; with {@code prefix}, what it begins with
 * @param target the id of what it was done to, or {@code type:id}
 * @param range when it was done
 */
record AuditFilter(String actor, String action, boolean prefix, String target, DateRange range) {
    private static final int LONGEST = 600;
    private static final String EARLIEST = "1970-01-01";
    private static final String LATEST = "9999-12-31T23:59:59.999999Z";

    /**
     * Reads the query parameters.
     *
     * @throws DomainError naming the parameter that cannot be taken
     */
    static AuditFilter parse(String actor, String action, String target, String from, String until) {
        String what = text("action", action);
        boolean prefix = what != null && (what.endsWith(".") || what.endsWith("*"));
        return new AuditFilter(text("actor", actor), prefix && what.endsWith("*") ? what.substring(0, what.length() - 1) : what,
                prefix, text("target", target), range(from, until));
    }

    private static String text(String parameter, String value) {
        if (value != null && (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl))) {
            throw DomainError.invalidField(parameter,
                    "must be at most " + LONGEST + " characters, without control characters. Leave it out for any");
        }
        return value;
    }

    private static DateRange range(String from, String until) {
        Instant start = read("from", from == null ? EARLIEST : from, LATEST).start();
        Instant end = read("until", EARLIEST, until == null ? LATEST : until).end();
        if (end.isBefore(start)) {
            throw invalid("until", "must not be before from");
        }
        return new DateRange(start, end);
    }

    private static DateRange read(String parameter, String start, String end) {
        try {
            return DateRange.parse(start, end, ZoneIds.UTC);
        } catch (InvalidDateRangeException unreadable) {
            throw invalid(parameter, unreadable.getMessage());
        }
    }

    private static DomainError invalid(String parameter, String message) {
        return DomainError.fields(ErrorCode.INVALID_DATE_RANGE, java.util.List.of(new FieldError(parameter, message)));
    }
}
