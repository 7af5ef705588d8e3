package dev.tollkeeper.access;

import java.util.function.Supplier;

/** Answers that are the same for a key each time: made when they are first asked for, and kept as long as the key is. */
final class KeyTexts {
    private volatile byte[] verdict;
    private volatile byte[] whoami;

    /** The verdict that the key may be used, where nothing in it counts down, as JSON. */
    byte[] verdict(Supplier<byte[]> making) {
        byte[] kept = verdict;
        if (kept == null) {
            kept = making.get();
            verdict = kept;
        }
        return kept;
    }

    /** Who calls with the key, as JSON. */
    byte[] whoami(Supplier<byte[]> making) {
        byte[] kept = whoami;
        if (kept == null) {
            kept = making.get();
            whoami = kept;
        }
        return kept;
    }
}
