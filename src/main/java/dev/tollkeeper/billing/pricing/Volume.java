package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.List;

/**
 * The whole quantity at the price of the one tier it falls in, but never less than any smaller quantity costs.
 *
 * <p>By itself the first half of that sentence would let the bill fall as a lower price is reached: with 10 units at 2.00 and
 * more at 1.00, the eleventh unit would bring 20.00 down to 11.00. A running balance would then pay money back for usage. So the
 * cost is the running maximum: it stays at what the end of a lower tier costs until the lower price has caught up with it, here
 * 20.00 for 10 to 20 units.
 *
 * @param tiers 1 to 50, each ending above the one before it; only the last has no end
 */
public record Volume(List<Tier> tiers) implements Tariff {

    /** @throws InvalidTariffException when the tiers are not as described */
    public Volume {
        tiers = Require.tiers(tiers);
    }

    @Override
    public BigDecimal cost(BigDecimal cumulativeQuantity) {
        BigDecimal quantity = Require.quantity(cumulativeQuantity);
        BigDecimal most = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            // Within a tier the plain cost only grows, so a lower tier counts with its end.
            if (tier.reaches(quantity)) {
                return most.max(quantity.multiply(tier.unitPrice()));
            }
            most = most.max(tier.upTo().multiply(tier.unitPrice()));
        }
        throw new IllegalStateException("The last tier has no end, so every quantity is in a tier.");
    }
}
