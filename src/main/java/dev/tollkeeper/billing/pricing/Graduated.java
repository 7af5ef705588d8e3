package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.List;

/**
 * Each tier's slice of the quantity at that tier's price, like an income tax: what lies above 0 and up to the first tier's end
 * at the first price, what lies above that and up to the second's at the second, and so on.
 *
 * @param tiers 1 to 50, each ending above the one before it; only the last has no end
 */
public record Graduated(List<Tier> tiers) implements Tariff {

    /** @throws InvalidTariffException when the tiers are not as described */
    public Graduated {
        tiers = Require.tiers(tiers);
    }

    @Override
    public BigDecimal cost(BigDecimal cumulativeQuantity) {
        BigDecimal quantity = Require.quantity(cumulativeQuantity);
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal sliceStart = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            BigDecimal sliceEnd = tier.reaches(quantity) ? quantity : tier.upTo();
            cost = cost.add(sliceEnd.subtract(sliceStart).multiply(tier.unitPrice()));
            sliceStart = sliceEnd;
        }
        return cost;
    }
}
