package dev.tollkeeper.testsupport;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/** Random decimals for property tests. */
public final class RandomDecimals {
    private RandomDecimals() {
    }

    /** 0 or more, with up to so many digits before and after the point; small and round values come often. */
    public static BigDecimal notNegative(SplittableRandom random, int integerDigits, int fractionDigits) {
        String integer = digits(random, random.nextInt(integerDigits + 1));
        String fraction = digits(random, random.nextInt(fractionDigits + 1));
        return new BigDecimal("0" + integer + "." + fraction);
    }

    /** As {@link #notNegative}, of either sign. */
    public static BigDecimal ofEitherSign(SplittableRandom random, int integerDigits, int fractionDigits) {
        BigDecimal value = notNegative(random, integerDigits, fractionDigits);
        return random.nextBoolean() ? value : value.negate();
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder digits = new StringBuilder();
        while (digits.length() < count) {
            digits.append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
        }
        return digits.toString();
    }
}
