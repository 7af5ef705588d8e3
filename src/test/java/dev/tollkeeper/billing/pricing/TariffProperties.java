package dev.tollkeeper.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.RandomDecimals;

/**
 * Invariant 8: pricing is monotone, graduated is the sum over its tiers, packages round up. Seen to fail with the running maximum
 * of Volume taken out, with packages rounded down or to the nearest, with a slice of Graduated begun at 0, and with costOf pricing
 * what was added by itself.
 */
class TariffProperties {
    private static final int CASES = 5_000;

    @Test
    void moreNeverCostsLess() {
        Cases.forAll(CASES, random -> {
            Tariff tariff = tariff(random);
            BigDecimal less = quantity(random);
            BigDecimal more = less.add(quantity(random));

            BigDecimal cost = tariff.cost(more);

            assertThat(cost).as("%s from %s to %s", tariff, less, more).isGreaterThanOrEqualTo(tariff.cost(less));
            assertThat(tariff.cost(BigDecimal.ZERO)).isZero();
        });
    }

    @Test
    void costsOfPartsSumToTheCostOfTheWhole() {
        Cases.forAll(CASES, random -> {
            Tariff tariff = tariff(random);
            BigDecimal reached = BigDecimal.ZERO;
            BigDecimal cost = BigDecimal.ZERO;

            for (int parts = random.nextInt(8); parts > 0; parts--) {
                BigDecimal added = quantity(random);
                cost = cost.add(tariff.costOf(reached, added));
                reached = reached.add(added);
            }

            assertThat(cost).as("%s of %s", tariff, reached).isEqualByComparingTo(tariff.cost(reached));
        });
    }

    @Test
    void graduatedIsTheSumOverItsTiers() {
        Cases.forAll(CASES, random -> {
            List<Tier> tiers = tiers(random);
            BigDecimal quantity = quantity(random);

            BigDecimal cost = new Graduated(tiers).cost(quantity);

            BigDecimal expected = BigDecimal.ZERO;
            BigDecimal from = BigDecimal.ZERO;
            for (Tier tier : tiers) {
                BigDecimal to = tier.upTo() == null ? quantity : tier.upTo().min(quantity);
                expected = expected.add(to.subtract(from).max(BigDecimal.ZERO).multiply(tier.unitPrice()));
                from = to;
            }
            assertThat(cost).as("%s of %s", tiers, quantity).isEqualByComparingTo(expected);
        });
    }

    @Test
    void packagesRoundUp() {
        Cases.forAll(CASES, random -> {
            BigDecimal size = quantity(random).add(new BigDecimal("0.001"));
            BigDecimal quantity = quantity(random);

            BigDecimal packages = new PackageTariff(size, BigDecimal.ONE).cost(quantity);

            assertThat(packages.stripTrailingZeros().scale()).isLessThanOrEqualTo(0);
            assertThat(packages.multiply(size)).isGreaterThanOrEqualTo(quantity);
            assertThat(packages.subtract(BigDecimal.ONE).multiply(size)).isLessThan(quantity.max(new BigDecimal("1E-12")));
        });
    }

    @Test
    void volumeIsTheTierPriceOnceThatExceedsEveryLowerTier() {
        Cases.forAll(CASES, random -> {
            List<Tier> tiers = tiers(random);
            BigDecimal quantity = quantity(random);

            BigDecimal cost = new Volume(tiers).cost(quantity);

            Tier own = tiers.stream().filter(tier -> tier.upTo() == null || tier.upTo().compareTo(quantity) >= 0).findFirst()
                    .orElseThrow();
            BigDecimal plain = quantity.multiply(own.unitPrice());
            BigDecimal lower = tiers.subList(0, tiers.indexOf(own)).stream()
                    .map(tier -> tier.upTo().multiply(tier.unitPrice()))
                    .reduce(BigDecimal.ZERO, BigDecimal::max);
            assertThat(cost).as("%s of %s", tiers, quantity).isEqualByComparingTo(plain.max(lower));
        });
    }

    private static Tariff tariff(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new PerUnit(price(random));
            case 1 -> new PackageTariff(quantity(random).add(BigDecimal.ONE), price(random));
            case 2 -> new Graduated(tiers(random));
            default -> new Volume(tiers(random));
        };
    }

    private static List<Tier> tiers(SplittableRandom random) {
        TreeSet<BigDecimal> ends = new TreeSet<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            ends.add(quantity(random).add(new BigDecimal("0.5")));
        }
        List<Tier> tiers = new ArrayList<>();
        ends.forEach(end -> tiers.add(new Tier(end, price(random))));
        tiers.add(new Tier(null, price(random)));
        return tiers;
    }

    private static BigDecimal price(SplittableRandom random) {
        return RandomDecimals.notNegative(random, 3, 12);
    }

    private static BigDecimal quantity(SplittableRandom random) {
        return RandomDecimals.notNegative(random, 4, 9);
    }
}
