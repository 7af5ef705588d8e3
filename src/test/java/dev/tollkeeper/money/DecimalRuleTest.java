package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalRuleTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "-0, 0", "1500, 1500", "0.50, 0.5", "1e3, 1000", "1E+3, 1000", "15e-1, 1.5", "0e999999999, 0",
            "99999999999999999999.999999999, 99999999999999999999.999999999", "1.0000000000000000000000, 1",
            "123e-9, 0.000000123"})
    void decimalTextIsReadExactly(String text, BigDecimal expected) {
        BigDecimal value = DecimalRule.QUANTITY.parse(text);

        assertThat(value).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", " 1", "1 ", "1\n", "+1", "NaN", "Infinity", "-Infinity", "1,5", "1.", ".5", "01", "0x10",
            "1e", "1e9999999999", "--1", "1_000", "١", "1d",
            "12345678901234567890123456789012345678901234567890123456789012345"})
    void whatIsNoDecimalIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> DecimalRule.AMOUNT.parse(text)).isInstanceOf(InvalidDecimalException.class)
                .hasMessage("Must be a decimal number such as 12.5, written in at most 64 characters.");
    }

    // Seen to fail with the digits counted in the value written out.
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e20", "100000000000000000000", "0.0000000001", "1e20"})
    void whatHasTooManyDigitsIsRefusedWithoutBeingWrittenOut(String text) {
        assertThatThrownBy(() -> DecimalRule.AMOUNT.parse(text)).isInstanceOf(InvalidDecimalException.class)
                .hasMessage("Must have at most 20 digits before the decimal point and 9 after it.");
    }

    @Test
    void unitPricesHaveTwelveDigitsOnEitherSide() {
        BigDecimal price = DecimalRule.UNIT_PRICE.parse("999999999999.999999999999");

        assertThat(price).isEqualTo(new BigDecimal("999999999999.999999999999"));
        assertThatThrownBy(() -> DecimalRule.UNIT_PRICE.parse("1000000000000")).hasMessageContaining("12 digits before");
        assertThatThrownBy(() -> DecimalRule.UNIT_PRICE.parse("0.0000000000001")).hasMessageContaining("12 after");
    }

    @Test
    void aNegativeValueIsRefusedWhereTheRuleSaysSo() {
        assertThatThrownBy(() -> DecimalRule.QUANTITY.parse("-0.1")).hasMessage("Must not be negative.");
        assertThatThrownBy(() -> DecimalRule.AMOUNT.notNegative().parse("-1")).hasMessage("Must not be negative.");
    }

    @Test
    void amountsOfMoneyMayBeNegative() {
        BigDecimal amount = DecimalRule.AMOUNT.parse("-12.340000");

        assertThat(amount).isEqualTo(new BigDecimal("-12.34"));
    }
}
