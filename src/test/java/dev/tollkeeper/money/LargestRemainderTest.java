package dev.tollkeeper.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class LargestRemainderTest {

    @Test
    void theLineWithTheLargestRemainderTakesTheCent() {
        List<BigDecimal> rounded = LargestRemainder.round(decimals("0.333", "0.334", "0.333"), 2);

        assertThat(rounded).isEqualTo(decimals("0.33", "0.34", "0.33"));
    }

    @Test
    void theEarlierOfTwoEqualLinesTakesTheCent() {
        List<BigDecimal> rounded = LargestRemainder.round(decimals("0.004", "0.004", "0.004"), 2);

        assertThat(rounded).isEqualTo(decimals("0.01", "0.00", "0.00"));
    }

    @Test
    void theTotalIsRoundedHalfEven() {
        List<BigDecimal> rounded = LargestRemainder.round(decimals("0.010", "0.015"), 2);

        assertThat(rounded).isEqualTo(decimals("0.01", "0.01"));
    }

    @Test
    void negativeLinesRoundLikeTheOthers() {
        List<BigDecimal> rounded = LargestRemainder.round(decimals("-0.006", "1.000", "-0.006"), 2);

        assertThat(rounded).isEqualTo(decimals("0.00", "1.00", "-0.01"));
    }

    @Test
    void noLinesRoundToNoLines() {
        List<BigDecimal> rounded = LargestRemainder.round(List.of(), 2);

        assertThat(rounded).isEmpty();
    }

    private static List<BigDecimal> decimals(String... texts) {
        return Stream.of(texts).map(BigDecimal::new).toList();
    }
}
