package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({"12.34, 12.340000", "0, 0.000000", "0.000000075, 0.000000075", "0.0000000750, 0.000000075", "-3, -3.000000",
            "1E+3, 1000.000000", "0E-12, 0.000000", "7.5E-8, 0.000000075", "1.2345678900, 1.23456789"})
    void moneyShowsSixFractionDigitsAndMoreOnlyWhereNeeded(String amount, String expected) {
        String text = Decimals.money(new BigDecimal(amount));

        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1500", "1.5E+3, 1500", "0.50, 0.5", "0.000, 0", "0E+9, 0", "1E-9, 0.000000001", "-2.0, -2"})
    void quantitiesShowNoExponentAndNoTrailingZeros(String quantity, String expected) {
        String text = Decimals.quantity(new BigDecimal(quantity));

        assertThat(text).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+999999999", "1E-999999999", "1E+2147483647", "1E+100", "1E-101"})
    void aValueOfAbsurdLengthIsRefusedAndNotWrittenOut(String value) {
        assertThatThrownBy(() -> Decimals.quantity(new BigDecimal(value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 digits");
    }
}
