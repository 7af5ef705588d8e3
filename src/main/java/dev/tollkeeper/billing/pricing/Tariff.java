package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;

/** How a price list turns a quantity into a cost. Costs are exact amounts in the currency of the price list. */
public sealed interface Tariff permits PerUnit, PackageTariff, Graduated, Volume {

    /**
     * What everything measured so far in a pricing period costs together. It never falls as the quantity grows.
     *
     * @param cumulativeQuantity in units of the meter, 0 or more
     * @throws IllegalArgumentException when the quantity is negative
     */
    BigDecimal cost(BigDecimal cumulativeQuantity);

    /** Whether the cost of a quantity depends on what was measured before it. */
    default boolean isCumulative() {
        return true;
    }

    /**
     * What a further quantity costs on top of what was measured before it. Costs of consecutive additions sum to the cost of the
     * whole, however it is split.
     *
     * @param before the cumulative quantity so far, 0 or more
     * @param added what comes on top; negative for a correction, down to taking back everything
     * @throws IllegalArgumentException when either cumulative quantity is negative
     */
    default BigDecimal costOf(BigDecimal before, BigDecimal added) {
        return cost(before.add(added)).subtract(cost(before));
    }
}
