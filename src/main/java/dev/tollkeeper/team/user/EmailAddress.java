package dev.tollkeeper.team.user;

import java.util.Locale;

/** Addresses that users sign in with. Whether one exists only a message to it can tell: so little is asked of it. */
final class EmailAddress {
    /** Something, one @, something: in ASCII, so that no two addresses look alike or are lowered differently. */
    static final String SHAPE = "[!-?A-~]+@[!-?A-~]+";
    /** What is said of an address that is none. */
    static final String MESSAGE = "must be an email address in ASCII, with one @ and no blanks";
    /** RFC 5321 §4.5.3.1.3, without the brackets. */
    static final int MAX_LENGTH = 254;

    private EmailAddress() {
    }

    /** An address as it is stored and compared. */
    static String normal(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
