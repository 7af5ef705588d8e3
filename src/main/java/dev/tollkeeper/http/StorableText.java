package dev.tollkeeper.http;

import java.util.regex.Pattern;

import dev.tollkeeper.http.problem.DomainError;

/**
 * Text that the database keeps as it is. JSON can carry two things that PostgreSQL cannot: the character U+0000, and half
 * of a surrogate pair, which would be stored as a question mark and so make two different texts equal.
 */
public final class StorableText {
    private static final Pattern STORABLE = Pattern.compile("[^\\x{0}\\x{D800}-\\x{DFFF}]*");

    private StorableText() {
    }

    /** Whether the text can be kept, and has so many characters (code points). */
    public static boolean fits(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        return length >= least && length <= most && STORABLE.matcher(text).matches();
    }

    /**
     * The text of a field, null where it was not given.
     *
     * @throws DomainError naming the field where the text cannot be kept
     */
    public static String inField(String text, String field) {
        if (text != null && !STORABLE.matcher(text).matches()) {
            throw DomainError.invalidField(field, "must not contain the character U+0000 or half of a surrogate pair");
        }
        return text;
    }
}
