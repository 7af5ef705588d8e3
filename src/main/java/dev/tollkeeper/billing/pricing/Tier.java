package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;

/**
 * One step of a tiered tariff.
 *
 * @param upTo the last quantity that belongs to the tier, above 0; null in the last tier, which has no end
 * @param unitPrice 0 or more
 */
public record Tier(BigDecimal upTo, BigDecimal unitPrice) {

    /** @throws InvalidTariffException when the end is not above 0, or the price is missing or negative */
    public Tier {
        if (upTo != null && upTo.signum() <= 0) {
            throw new InvalidTariffException("The end of a tier (up_to) must be greater than 0.");
        }
        Require.price(unitPrice, "The unit price of a tier");
    }

    /** Whether the tier reaches at least as far as the quantity. */
    boolean reaches(BigDecimal quantity) {
        return upTo == null || upTo.compareTo(quantity) >= 0;
    }
}
