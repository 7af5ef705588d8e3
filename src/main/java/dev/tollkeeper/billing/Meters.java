package dev.tollkeeper.billing;

/** What meters may be called. */
public final class Meters {
    /** The names that the database takes. */
    public static final String PATTERN = "[a-z0-9][a-z0-9_.:-]{0,63}";
    /** What to say of another. */
    public static final String MESSAGE = "must be 1 to 64 characters of a-z, 0-9 and _ . : -, and begin with a letter or digit";

    /** The meter of what reservations are settled with. Nobody else reports it or sets its price. */
    public static final String RESERVATION = "reservation";

    private Meters() {
    }
}
