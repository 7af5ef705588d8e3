package dev.tollkeeper.load.stage;

import java.util.SplittableRandom;

/** Ranks as they are asked for in real life: the n-th most popular with a frequency of 1/n (Zipf's law, exponent 1). */
public final class Zipf {
    private final double[] cumulative;
    private final SplittableRandom random;

    /** Ranks from 0 to so many, the same ones for the same seed. */
    public Zipf(int ranks, long seed) {
        this.random = new SplittableRandom(seed);
        this.cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
    }

    /** A rank from 0. */
    public int next() {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = java.util.Arrays.binarySearch(cumulative, at);
        return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    }
}
