package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.util.UUID;

import dev.tollkeeper.billing.pricing.Price;

/**
 * An accepted event with the price that was in force when it happened.
 *
 * @param price null where there was none
 */
record PricedEvent(UUID teamId, UUID batchId, Judgement accepted, Billed billed, Price price) {
    /** Whether its cost depends on what was used before it. */
    boolean isCumulative() {
        return price != null && price.tariff().isCumulative();
    }

    /** What its quantity adds to. */
    Metered metered() {
        return Metered.of(teamId, price.id(), accepted.event());
    }

    /** With its cost, the next in line of those that have their costs by now. */
    ChargedEvent charged(Quantities quantities) {
        return new ChargedEvent(teamId, batchId, accepted.event(), accepted.key(), accepted.mark(), billed,
                price == null ? null : price.id(), cost(quantities));
    }

    private BigDecimal cost(Quantities quantities) {
        if (price == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal quantity = accepted.event().quantity();
        return isCumulative()
                ? price.tariff().costOf(quantities.add(metered(), quantity), quantity)
                : price.tariff().cost(quantity);
    }
}
