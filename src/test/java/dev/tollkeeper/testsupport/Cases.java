package dev.tollkeeper.testsupport;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs a property on thousands of random cases that are the same on every run; a failure tells the seed of its case. */
public final class Cases {
    private static final long FIRST_SEED = 20_251_031;

    private Cases() {
    }

    /** Runs the property once a case. To look at one case again, call the property with a random of the seed reported. */
    public static void forAll(int cases, Consumer<SplittableRandom> property) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("fails for new SplittableRandom(" + seed + "): " + failure.getMessage(), failure);
            }
        }
    }
}
