package dev.tollkeeper.money;

import java.util.Currency;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A currency one can bill in.
 *
 * @param code the ISO 4217 code, such as {@code EUR}
 * @param minorUnitDigits the digits of its smallest coin: 2 for {@code EUR}, 0 for {@code JPY}, 3 for {@code KWD}
 * @param symbol how people write it, {@code €} for {@code EUR}; the code itself where no symbol is unmistakable
 */
public record CurrencyInfo(String code, int minorUnitDigits, String symbol) {

    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    /** Kept here and not asked of the JDK, whose symbols change with its locale data. */
    private static final Map<String, String> SYMBOLS = Map.of("EUR", "€", "USD", "$", "GBP", "£", "JPY", "¥");

    /**
     * The currency with this ISO 4217 code, in capitals.
     *
     * @throws InvalidCurrencyException for anything else, and for codes that are not money to pay with, such as {@code XAU}
     *         (gold) or {@code XXX} (no currency)
     */
    public static CurrencyInfo of(String code) {
        if (code == null || !CODE.matcher(code).matches()) {
            throw new InvalidCurrencyException();
        }
        int digits = fractionDigits(code);
        // The JDK answers -1 for metals, test codes and units of account.
        if (digits < 0) {
            throw new InvalidCurrencyException();
        }
        return new CurrencyInfo(code, digits, SYMBOLS.getOrDefault(code, code));
    }

    private static int fractionDigits(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException unknown) {
            throw new InvalidCurrencyException();
        }
    }
}
