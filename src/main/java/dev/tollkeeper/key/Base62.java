package dev.tollkeeper.key;

import java.math.BigInteger;

/** Numbers as digits 0-9, A-Z, a-z, in that order of value, the most significant first. */
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {
    }

    /**
     * The number in exactly {@code width} digits, with leading zeros.
     *
     * @throws IllegalArgumentException if it is negative or needs more digits
     */
    static String encode(BigInteger number, int width) {
        var digits = new char[width];
        var rest = number;
        for (int i = width - 1; i >= 0; i--) {
            var quotientAndDigit = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(quotientAndDigit[1].intValue());
            rest = quotientAndDigit[0];
        }
        if (number.signum() < 0 || rest.signum() != 0) {
            throw new IllegalArgumentException("The number does not fit in " + width + " base62 digits.");
        }
        return new String(digits);
    }

    /** Whether every character is one of the 62 digits. */
    static boolean isDigits(String text) {
        return text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }
}
