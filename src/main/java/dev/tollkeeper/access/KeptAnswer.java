package dev.tollkeeper.access;

import java.util.function.Supplier;

/** An answer that is the same for a key each time: made when it is first asked for, and kept as long as the key is. */
final class KeptAnswer {
    private volatile byte[] json;

    /** The answer, as JSON. */
    byte[] json(Supplier<byte[]> making) {
        byte[] kept = json;
        if (kept == null) {
            kept = making.get();
            json = kept;
        }
        return kept;
    }
}
