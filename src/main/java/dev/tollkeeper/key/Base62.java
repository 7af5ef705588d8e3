package dev.tollkeeper.key;

import java.math.BigInteger;
import java.util.Arrays;

/** Numbers as digits 0-9, A-Z, a-z, in that order of value, the most significant first. */
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final byte[] VALUES = values();
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {
    }

    private static byte[] values() {
        var values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            values[DIGITS.charAt(i)] = (byte) i;
        }
        return values;
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

    /** Whether every character from here on is one of the 62 digits. */
    static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (value(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number that the digits from here on stand for; they have to be digits, at most ten of them. */
    static long decode(String text, int from) {
        long number = 0;
        for (int i = from; i < text.length(); i++) {
            number = number * DIGITS.length() + value(text.charAt(i));
        }
        return number;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }
}
