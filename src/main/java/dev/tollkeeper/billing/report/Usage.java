package dev.tollkeeper.billing.report;

import java.math.BigDecimal;

/**
 * Usage added up.
 *
 * @param quantity in the units of its meters
 * @param cost exact, in the team's currency
 * @param requests how many events it is of
 */
record Usage(BigDecimal quantity, BigDecimal cost, long requests) {
    static final Usage NOTHING = new Usage(BigDecimal.ZERO, BigDecimal.ZERO, 0);

    Usage plus(Usage other) {
        return new Usage(quantity.add(other.quantity), cost.add(other.cost), requests + other.requests);
    }
}
