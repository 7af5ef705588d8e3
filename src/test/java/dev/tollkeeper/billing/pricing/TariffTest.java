package dev.tollkeeper.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {
    private static final List<Tier> TIERS = List.of(tier("10", "2"), tier("100", "1"), tier(null, "0.5"));

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 0.0000075", "0.5, 0.00000125"})
    void perUnitChargesEveryFraction(BigDecimal quantity, BigDecimal expected) {
        BigDecimal cost = new PerUnit(new BigDecimal("0.0000025")).cost(quantity);

        assertThat(cost).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.000000001, 5", "1000, 5", "1000.000000001, 10", "2500, 15"})
    void aPackageThatWasBegunIsPaidInFull(BigDecimal quantity, BigDecimal expected) {
        BigDecimal cost = new PackageTariff(new BigDecimal("1000"), new BigDecimal("5")).cost(quantity);

        assertThat(cost).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 20", "11, 21", "100, 110", "102, 111"})
    void graduatedChargesEachSliceAtItsTier(BigDecimal quantity, BigDecimal expected) {
        BigDecimal cost = new Graduated(TIERS).cost(quantity);

        assertThat(cost).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 20", "11, 20", "20, 20", "21, 21", "100, 100", "101, 100", "200, 100", "300, 150"})
    void volumeChargesTheWholeAtItsTierButNeverLessThanLess(BigDecimal quantity, BigDecimal expected) {
        BigDecimal cost = new Volume(TIERS).cost(quantity);

        assertThat(cost).isEqualByComparingTo(expected);
    }

    @Test
    void theEndOfATierBelongsToIt() {
        Volume volume = new Volume(List.of(tier("10", "1"), tier(null, "2")));

        BigDecimal cost = volume.cost(BigDecimal.TEN);

        assertThat(cost).isEqualByComparingTo("10");
    }

    @Test
    void anAdditionCostsWhatItAddsToTheWhole() {
        Tariff packages = new PackageTariff(new BigDecimal("1000"), new BigDecimal("5"));

        BigDecimal cost = packages.costOf(new BigDecimal("900"), new BigDecimal("200"));

        assertThat(cost).isEqualByComparingTo("5");
    }

    @Test
    void aCorrectionGivesBackWhatItTakesFromTheWhole() {
        Tariff graduated = new Graduated(TIERS);

        BigDecimal cost = graduated.costOf(new BigDecimal("11"), new BigDecimal("-2"));

        assertThat(cost).isEqualByComparingTo("-3");
    }

    @Test
    void aNegativeQuantityIsRefused() {
        Tariff tariff = new PerUnit(BigDecimal.ONE);

        assertThatThrownBy(() -> tariff.cost(new BigDecimal("-1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tariff.costOf(BigDecimal.ONE, new BigDecimal("-2")))
                .hasMessage("A cumulative quantity must not be negative.");
    }

    private static Tier tier(String upTo, String unitPrice) {
        return new Tier(upTo == null ? null : new BigDecimal(upTo), new BigDecimal(unitPrice));
    }
}
