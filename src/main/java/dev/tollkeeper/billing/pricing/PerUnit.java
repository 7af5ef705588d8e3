package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;

/**
 * Every unit, and every fraction of one, at the same price.
 *
 * @param unitPrice 0 or more
 */
public record PerUnit(BigDecimal unitPrice) implements Tariff {

    /** @throws InvalidTariffException when the price is missing or negative */
    public PerUnit {
        Require.price(unitPrice, "The unit price");
    }

    @Override
    public boolean isCumulative() {
        return false;
    }

    @Override
    public BigDecimal cost(BigDecimal cumulativeQuantity) {
        return Require.quantity(cumulativeQuantity).multiply(unitPrice);
    }
}
