package dev.tollkeeper.secret;

import java.util.List;

/** Peppers of a test's own. */
public final class TestPeppers {
    private TestPeppers() {
    }

    /** As if these were configured, the newest first. */
    public static Peppers of(String... newestFirst) {
        return new Peppers(List.of(newestFirst));
    }

    /** What seals under the newest of these. */
    public static SecretBox box(String... newestFirst) {
        return new SecretBox(of(newestFirst));
    }
}
