package dev.tollkeeper.http;

import java.util.regex.Pattern;

/**
 * Text that the database keeps as it is. JSON can carry two things that PostgreSQL cannot: the character U+0000, and half
 * of a surrogate pair, which would be stored as a question mark and so make two different texts equal.
 */
public final class StorableText {
    /** What such text matches, for Bean Validation. */
    public static final String PATTERN = "[^\\x{0}\\x{D800}-\\x{DFFF}]*";
    /** What to say of text that does not match. */
    public static final String MESSAGE = "must not contain the character U+0000 or half of a surrogate pair";

    private static final Pattern STORABLE = Pattern.compile(PATTERN);

    private StorableText() {
    }

    /** Whether the text can be kept, and has so many characters (code points). */
    public static boolean fits(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        return length >= least && length <= most && STORABLE.matcher(text).matches();
    }
}
