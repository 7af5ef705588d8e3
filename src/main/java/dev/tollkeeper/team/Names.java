package dev.tollkeeper.team;

/** What people may call teams, users and projects. */
public final class Names {
    /** The most characters of a name. */
    public static final int MAX_LENGTH = 100;
    /** Any text that can be printed on one line: so that no name can pass for another in a list or a log. */
    public static final String PRINTABLE = "(?![\\s\\p{Z}])[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*(?<![\\s\\p{Z}])";
    /** What is said of a name that is none. */
    public static final String MESSAGE = "must have no control characters, and no blanks at its ends";

    private Names() {
    }
}
