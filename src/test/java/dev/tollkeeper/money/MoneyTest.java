package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void amountsAreEqualByValue() {
        Money amount = eur("1.50");

        assertThat(amount).isEqualTo(eur("1.5")).hasSameHashCodeAs(eur("1.5"));
        assertThat(amount).isNotEqualTo(new Money(new BigDecimal("1.5"), "USD"));
        assertThat(eur("1E+2")).isEqualTo(eur("100"));
    }

    @Test
    void addingTenthsIsExact() {
        Money sum = eur("0.1").plus(eur("0.2"));

        assertThat(sum).isEqualTo(eur("0.3"));
    }

    @Test
    void subtractingTheSameLeavesNothing() {
        Money difference = eur("12.000000001").minus(eur("12.000000001"));

        assertThat(difference).isEqualTo(Money.zero("EUR"));
        assertThat(difference.isZero()).isTrue();
    }

    @Test
    void negatingTurnsTheSign() {
        Money negated = eur("3").negate();

        assertThat(negated).isEqualTo(eur("-3"));
        assertThat(negated.isZero()).isFalse();
    }

    @Test
    void currenciesDoNotMix() {
        Money dollars = new Money(BigDecimal.ONE, "USD");

        assertThatThrownBy(() -> eur("1").plus(dollars)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Amounts in EUR and USD cannot be added or subtracted.");
        assertThatThrownBy(() -> eur("1").minus(dollars)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnknownCurrencyIsRefused() {
        assertThatThrownBy(() -> Money.zero("euro")).isInstanceOf(InvalidCurrencyException.class);
    }

    @Test
    void anAmountIsWrittenAsMoneyIs() {
        String text = eur("12.34").format();

        assertThat(text).isEqualTo("12.340000");
    }

    private static Money eur(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
