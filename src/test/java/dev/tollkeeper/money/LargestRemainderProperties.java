package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.RandomDecimals;

/**
 * Invariant 8: lines sum to the total after rounding. Seen to fail with each line rounded half-even by itself, with the smallest
 * remainder first, and with the total rounded half-up.
 */
class LargestRemainderProperties {
    private static final int CASES = 5_000;

    @Test
    void linesSumToTheRoundedTotalAndStayWithinAUnit() {
        Cases.forAll(CASES, random -> {
            int scale = random.nextInt(7);
            List<BigDecimal> exact = lines(random);

            List<BigDecimal> rounded = LargestRemainder.round(exact, scale);

            BigDecimal total = sum(exact).setScale(scale, RoundingMode.HALF_EVEN);
            assertThat(sum(rounded)).isEqualByComparingTo(total);
            assertThat(rounded).hasSameSizeAs(exact);
            for (int i = 0; i < exact.size(); i++) {
                assertThat(rounded.get(i).scale()).isEqualTo(scale);
                assertThat(rounded.get(i).subtract(exact.get(i)).abs()).isLessThan(BigDecimal.ONE.movePointLeft(scale));
            }
        });
    }

    @Test
    void aLineIsRaisedOnlyBeforeThoseWithSmallerRemaindersOrBehindIt() {
        Cases.forAll(CASES, random -> {
            List<BigDecimal> exact = lines(random);

            List<BigDecimal> rounded = LargestRemainder.round(exact, 2);

            for (int i = 0; i < exact.size(); i++) {
                for (int j = i + 1; j < exact.size(); j++) {
                    int order = remainder(exact.get(i)).compareTo(remainder(exact.get(j)));
                    assertThat(isRaised(exact.get(i), rounded.get(i)) || !isRaised(exact.get(j), rounded.get(j)) || order < 0)
                            .as("lines %d and %d of %s", i, j, exact)
                            .isTrue();
                    assertThat(isRaised(exact.get(j), rounded.get(j)) || !isRaised(exact.get(i), rounded.get(i)) || order >= 0)
                            .as("lines %d and %d of %s", i, j, exact)
                            .isTrue();
                }
            }
        });
    }

    private static List<BigDecimal> lines(SplittableRandom random) {
        return Stream.generate(() -> RandomDecimals.ofEitherSign(random, 4, 1 + random.nextInt(9)))
                .limit(random.nextInt(12))
                .toList();
    }

    private static BigDecimal remainder(BigDecimal exact) {
        return exact.subtract(exact.setScale(2, RoundingMode.FLOOR));
    }

    private static boolean isRaised(BigDecimal exact, BigDecimal rounded) {
        return rounded.compareTo(exact) > 0;
    }

    private static BigDecimal sum(List<BigDecimal> lines) {
        return lines.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
