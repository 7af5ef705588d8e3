package dev.tollkeeper.key;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.tollkeeper.http.problem.DomainError;

/** Reads the fields of keys one by one, or says what is wrong with one. Nothing is changed or guessed. */
final class KeyFields {
    private static final int NAME_LENGTH = 100;
    private static final int TIME_LENGTH = 40;
    private static final int LAST_YEAR = 9999;
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ISO_OFFSET_DATE_TIME
            .withResolverStyle(ResolverStyle.STRICT);

    private KeyFields() {
    }

    /** A key's name. Blanks around it are refused rather than dropped: two names that look alike would be two keys. */
    static String name(String text) {
        return name("name", text);
    }

    /** A name, or what is looked for among them, in another field. */
    static String name(String field, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > NAME_LENGTH) {
            throw DomainError.invalidField(field, "must be 1 to " + NAME_LENGTH + " characters");
        }
        if (text.codePoints().anyMatch(KeyFields::isUnprintable)) {
            throw DomainError.invalidField(field, "may not hold control characters or line breaks");
        }
        if (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length()))) {
            throw DomainError.invalidField(field, "may not start or end with a blank");
        }
        return text;
    }

    // A surrogate that stands alone is no character, and would be stored as another one.
    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** A time (RFC 3339), cut to the microseconds that are stored. */
    static Instant time(String field, String text) {
        try {
            if (text.length() <= TIME_LENGTH) {
                OffsetDateTime time = OffsetDateTime.parse(text, RFC_3339).withOffsetSameInstant(ZoneOffset.UTC);
                if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                    return time.toInstant().truncatedTo(ChronoUnit.MICROS);
                }
            }
        } catch (DateTimeException notATime) {
            // Told below, like a time that is too far off.
        }
        throw DomainError.invalidField(field, "must be a time such as 2025-10-31T00:00:00Z");
    }

    /** Insists that an expiry is still to come. */
    static void requireFuture(Instant expiresAt, Instant now) {
        if (!expiresAt.isAfter(now)) {
            throw DomainError.invalidField("expires_at", "must be in the future");
        }
    }

    /** A whole number between two bounds. */
    static long whole(String field, BigInteger number, long least, long most) {
        if (number == null) {
            throw DomainError.invalidField(field, "is required");
        }
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw DomainError.invalidField(field, "must be a whole number from " + least + " to " + most);
        }
        return number.longValue();
    }

    /** Address rules, in their canonical form. */
    static List<String> allowedIps(List<String> rules) {
        try {
            return IpRules.parse(rules).canonical();
        } catch (IpRuleException wrong) {
            throw DomainError.invalidField("allowed_ips[" + wrong.index() + "]", wrong.getMessage());
        }
    }
}
