package dev.tollkeeper.testsupport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What a price says: as the API takes it, and what it makes a quantity cost, by the words of the price and not by the service's way
 * of reckoning.
 *
 * @param size of a package, else null
 * @param steps its tiers; a single one without an end where the type has none
 */
public record PriceTerms(String type, BigDecimal size, List<Step> steps) {
    /** A tier; the last has no end. */
    public record Step(BigDecimal upTo, BigDecimal price) {
        private Map<String, Object> json() {
            Map<String, Object> json = new HashMap<>(Map.of("unit_price", price.toPlainString()));
            if (upTo != null) {
                json.put("up_to", upTo.toPlainString());
            }
            return json;
        }
    }

    /** Terms of any type. */
    public static PriceTerms random(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new PriceTerms("per_unit", null, List.of(step(random, null)));
            case 1 -> new PriceTerms("package", quantity(random), List.of(step(random, null)));
            case 2 -> new PriceTerms("graduated", null, steps(random));
            default -> new PriceTerms("volume", null, steps(random));
        };
    }

    private static List<Step> steps(SplittableRandom random) {
        TreeSet<BigDecimal> ends = new TreeSet<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            ends.add(quantity(random));
        }
        List<Step> steps = new ArrayList<>();
        ends.forEach(end -> steps.add(step(random, end)));
        steps.add(step(random, null));
        return steps;
    }

    private static Step step(SplittableRandom random, BigDecimal upTo) {
        return new Step(upTo, RandomDecimals.notNegative(random, 2, 12));
    }

    private static BigDecimal quantity(SplittableRandom random) {
        return RandomDecimals.notNegative(random, 3, 9).add(new BigDecimal("0.01"));
    }

    /** As the API takes it, to be completed by what it is for. */
    public Map<String, Object> json() {
        Map<String, Object> json = new HashMap<>(Map.of("type", type));
        String price = steps.get(0).price().toPlainString();
        switch (type) {
            case "per_unit" -> json.put("unit_price", price);
            case "package" -> json.put("package", Map.of("size", size.toPlainString(), "price", price));
            default -> json.put("tiers", steps.stream().map(Step::json).toList());
        }
        return json;
    }

    /** Whether the cost of a quantity depends on what was used before it. */
    public boolean isCumulative() {
        return !type.equals("per_unit");
    }

    /** What a month's quantity costs. */
    public BigDecimal cost(BigDecimal quantity) {
        return switch (type) {
            case "package" -> packages(quantity).multiply(steps.get(0).price());
            case "volume" -> mostOfTheEnds(quantity);
            default -> sumOfTheSlices(quantity);
        };
    }

    private BigDecimal packages(BigDecimal quantity) {
        BigDecimal[] parts = quantity.divideAndRemainder(size);
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigDecimal.ONE);
    }

    private BigDecimal sumOfTheSlices(BigDecimal quantity) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Step step : steps) {
            BigDecimal to = reached(step, quantity);
            sum = sum.add(to.subtract(from).multiply(step.price()));
            from = to;
        }
        return sum;
    }

    /** The whole at the price of its tier, but no less than a smaller quantity costs. */
    private BigDecimal mostOfTheEnds(BigDecimal quantity) {
        BigDecimal most = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Step step : steps) {
            if (from.compareTo(quantity) < 0) {
                most = most.max(reached(step, quantity).multiply(step.price()));
            }
            from = reached(step, quantity);
        }
        return most;
    }

    private static BigDecimal reached(Step step, BigDecimal quantity) {
        return step.upTo() == null ? quantity : step.upTo().min(quantity);
    }
}
