package dev.tollkeeper.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Which decimals are accepted from outside, and how their text is read. Digits are counted in the value, so trailing zeros and
 * the way an exponent is written do not matter.
 *
 * @param maxIntegerDigits the most digits before the point
 * @param maxFractionDigits the most digits after the point
 * @param negativeAllowed whether a value below zero is accepted
 */
public record DecimalRule(int maxIntegerDigits, int maxFractionDigits, boolean negativeAllowed) {

    /** Measured quantities: 20 digits before and 9 after the point, not negative. */
    public static final DecimalRule QUANTITY = new DecimalRule(20, 9, false);

    /** Prices of one unit or one package: 12 digits before and 12 after the point, not negative. */
    public static final DecimalRule UNIT_PRICE = new DecimalRule(12, 12, false);

    /** Amounts of money: 20 digits before and 9 after the point, of either sign. */
    public static final DecimalRule AMOUNT = new DecimalRule(20, 9, true);

    private static final int MAX_LENGTH = 64;

    /**
     * The grammar of a JSON number, so that a string and a number are read alike. Nine exponent digits are what a scale can
     * hold; the value is only written out once it is known to be within bounds.
     */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

    /** This rule for values that must not be below zero. */
    public DecimalRule notNegative() {
        return new DecimalRule(maxIntegerDigits, maxFractionDigits, false);
    }

    /**
     * Reads decimal text, exactly, into its {@linkplain Decimals#canonical canonical} form.
     *
     * @param text a number as JSON writes it, up to 64 characters; no leading {@code +}, blanks, {@code NaN} or
     *        {@code Infinity}
     * @throws InvalidDecimalException when the text is missing, is no number, or breaks this rule; its message is for people
     */
    public BigDecimal parse(String text) {
        if (text == null || text.length() > MAX_LENGTH || !NUMBER.matcher(text).matches()) {
            throw new InvalidDecimalException(
                    "Must be a decimal number such as 12.5, written in at most " + MAX_LENGTH + " characters.");
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        if (value.signum() < 0 && !negativeAllowed) {
            throw new InvalidDecimalException("Must not be negative.");
        }
        if (Decimals.integerDigits(value) > maxIntegerDigits || value.scale() > maxFractionDigits) {
            throw new InvalidDecimalException("Must have at most " + maxIntegerDigits + " digits before the decimal point and "
                    + maxFractionDigits + " after it.");
        }
        return Decimals.canonical(value);
    }
}
