package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.RandomDecimals;

/**
 * Invariant 12, the Java part: an amount survives text, Java and text again. Seen to fail with {@code canonical} rounding to 6
 * digits, with {@code money} not padding, and with {@code parse} returning the value as written ({@code 1.50} for {@code 1.5}).
 */
class DecimalProperties {
    private static final int CASES = 5_000;

    @Test
    void quantitiesSurviveTextAndBack() {
        Cases.forAll(CASES, random -> {
            BigDecimal value = RandomDecimals.notNegative(random, 20, 9);

            String text = Decimals.quantity(value);

            assertThat(DecimalRule.QUANTITY.parse(text)).isEqualByComparingTo(value);
            assertThat(Decimals.quantity(DecimalRule.QUANTITY.parse(text))).isEqualTo(text);
        });
    }

    @Test
    void amountsSurviveTextAndBack() {
        Cases.forAll(CASES, random -> {
            BigDecimal value = RandomDecimals.ofEitherSign(random, 20, 9);

            String text = Decimals.money(value);

            assertThat(DecimalRule.AMOUNT.parse(text)).isEqualByComparingTo(value);
            assertThat(Decimals.money(DecimalRule.AMOUNT.parse(text))).isEqualTo(text);
            assertThat(text).matches("-?[0-9]+\\.[0-9]{6}([0-9]*[1-9])?");
        });
    }

    @Test
    void theSameValueReadsTheSameHoweverItIsWritten() {
        Cases.forAll(CASES, random -> {
            BigDecimal value = RandomDecimals.ofEitherSign(random, 20, 9);
            BigDecimal padded = value.setScale(value.scale() + random.nextInt(9));

            BigDecimal read = DecimalRule.AMOUNT.parse(padded.toString());

            assertThat(read).isEqualTo(DecimalRule.AMOUNT.parse(value.toEngineeringString()));
            assertThat(read).isEqualByComparingTo(value);
        });
    }
}
