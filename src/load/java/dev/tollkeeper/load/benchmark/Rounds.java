package dev.tollkeeper.load.benchmark;

import java.util.List;

/** What the rounds of one side came to. */
public final class Rounds {
    private Rounds() {
    }

    /** The one in the middle. */
    public static double median(List<Double> rounds) {
        return rounds.stream().sorted().toList().get(rounds.size() / 2);
    }

    /** How far they lay apart, in per cent of the median. */
    public static String spread(List<Double> rounds) {
        var all = rounds.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return "%.0f to %.0f %%".formatted(100 * all.getMin() / median(rounds), 100 * all.getMax() / median(rounds));
    }
}
