package dev.tollkeeper.registry;

/** What a name may be made of. */
final class Names {
    static final String PATTERN = "[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*";
    static final String MESSAGE = "must have something to read in it, and no control characters";

    private Names() {
    }
}
