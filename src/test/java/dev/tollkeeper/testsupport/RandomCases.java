package dev.tollkeeper.testsupport;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a check on many random cases that are the same in every run; a failure names the seed of its case. */
public final class RandomCases {

    private RandomCases() {
    }

    /** Checks the cases of the seeds 0 to {@code count - 1}. */
    public static void check(int count, Consumer<Random> oneCase) {
        for (int seed = 0; seed < count; seed++) {
            try {
                oneCase.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With the seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
