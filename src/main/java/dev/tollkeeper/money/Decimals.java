package dev.tollkeeper.money;

import java.math.BigDecimal;

/** How decimal values are normalised and written out. Reading them is {@link DecimalRule}'s part. */
public final class Decimals {
    /** Amounts of money always show at least this many digits after the point. */
    private static final int MONEY_FRACTION_DIGITS = 6;

    /** Far above what any price times any quantity needs, and far below what would cost memory to write out. */
    private static final int MAX_DIGITS = 100;

    private Decimals() {
    }

    /**
     * An amount of money as text: plain, with at least 6 digits after the point and more only where the amount needs them,
     * such as {@code 12.340000} or {@code 0.000000075}.
     *
     * @throws IllegalArgumentException as {@link #canonical}
     */
    public static String money(BigDecimal amount) {
        BigDecimal canonical = canonical(amount);
        return canonical.setScale(Math.max(canonical.scale(), MONEY_FRACTION_DIGITS)).toPlainString();
    }

    /**
     * A quantity as text: plain, without exponent and without trailing zeros, such as {@code 1500}, {@code 0.5} or {@code 0}.
     *
     * @throws IllegalArgumentException as {@link #canonical}
     */
    public static String quantity(BigDecimal quantity) {
        return canonical(quantity).toPlainString();
    }

    /**
     * The same value in the one form in which equal values are {@code equals}: no trailing zeros after the point, and a scale of
     * 0 or more.
     *
     * @throws IllegalArgumentException when the value has more than 100 digits before or after the point
     */
    public static BigDecimal canonical(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        // Checked before the scale is raised to 0: that would write out every zero of a huge exponent.
        if (integerDigits(stripped) > MAX_DIGITS || stripped.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException("A decimal has at most " + MAX_DIGITS + " digits before and after the point.");
        }
        return stripped.setScale(Math.max(stripped.scale(), 0));
    }

    /** The digits before the point; 0 or less below one. A long, as a scale may be as low as an int can be. */
    static long integerDigits(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }
}
