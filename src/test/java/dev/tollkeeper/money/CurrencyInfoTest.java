package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyInfoTest {

    @ParameterizedTest
    @CsvSource({"EUR, 2, €", "USD, 2, $", "GBP, 2, £", "JPY, 0, ¥", "KWD, 3, KWD", "CHF, 2, CHF"})
    void aCurrencyHasMinorUnitsAndASymbol(String code, int minorUnitDigits, String symbol) {
        CurrencyInfo currency = CurrencyInfo.of(code);

        assertThat(currency).isEqualTo(new CurrencyInfo(code, minorUnitDigits, symbol));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "eur", "EU", "EURO", "EUR ", "QQQ", "€", "XXX", "XAU", "XTS"})
    void whatIsNoCurrencyToBillInIsRefused(String code) {
        assertThatThrownBy(() -> CurrencyInfo.of(code)).isInstanceOf(InvalidCurrencyException.class)
                .hasMessage("Must be the ISO 4217 code of a currency, such as EUR or USD.");
    }
}
