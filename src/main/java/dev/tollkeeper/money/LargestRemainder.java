package dev.tollkeeper.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rounds the lines of a bill so that they add up to the rounded total (the largest-remainder, or Hamilton, method). */
public final class LargestRemainder {
    private LargestRemainder() {
    }

    /**
     * Rounds every line to {@code scale} digits after the point. The rounded lines sum exactly to the exact total rounded
     * half-even, so that many bills together drift neither way. Each line ends less than one unit of the last digit from its
     * exact value; the lines that lie furthest above the next lower unit are rounded up, the earlier one where two lie equally
     * far. Lines may be negative, and a line that needs no rounding is never changed.
     *
     * @return the rounded lines, in the order given, each with exactly {@code scale} digits after the point
     */
    public static List<BigDecimal> round(List<BigDecimal> exact, int scale) {
        List<BigDecimal> rounded = new ArrayList<>(exact.size());
        for (BigDecimal line : exact) {
            rounded.add(line.setScale(scale, RoundingMode.FLOOR));
        }
        // Flooring never overshoots, so what is missing is a whole number of units, at most one for each line that was cut.
        BigDecimal missing = sum(exact).setScale(scale, RoundingMode.HALF_EVEN).subtract(sum(rounded));
        BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
        Comparator<Integer> furthestFirst = Comparator.comparing(i -> rounded.get(i).subtract(exact.get(i)));
        IntStream.range(0, exact.size())
                .boxed()
                // A stable sort: equals stay in the order of the lines.
                .sorted(furthestFirst)
                .limit(missing.divideToIntegralValue(unit).longValueExact())
                .toList()
                .forEach(i -> rounded.set(i, rounded.get(i).add(unit)));
        return List.copyOf(rounded);
    }

    private static BigDecimal sum(List<BigDecimal> lines) {
        return lines.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
