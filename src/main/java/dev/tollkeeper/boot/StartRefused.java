package dev.tollkeeper.boot;

/** A start that cannot go on; the message says in one sentence what to do. */
final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefused(String sentence) {
        super(sentence);
    }
}
