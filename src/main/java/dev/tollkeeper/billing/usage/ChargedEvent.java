package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import dev.tollkeeper.billing.budget.Spender;
import dev.tollkeeper.billing.budget.Spending;
import dev.tollkeeper.billing.pricing.Price;
import dev.tollkeeper.billing.pricing.PriceBook;

/**
 * An accepted event with its price and cost.
 *
 * @param priceId null where there was no price
 * @param cost exact; 0 where there was no price
 */
record ChargedEvent(UsageEvent event, UsageKey key, EventMark mark, UUID priceId, BigDecimal cost) {
    static ChargedEvent of(Judgement accepted, PriceBook prices) {
        UsageEvent event = accepted.event();
        Price price = prices.at(event.occurredAt(), event.meter(), event.model()).orElse(null);
        return new ChargedEvent(event, accepted.key(), accepted.mark(), price == null ? null : price.id(),
                price == null ? BigDecimal.ZERO : price.tariff().cost(event.quantity()));
    }

    Spending spending() {
        return new Spending(new Spender(key.projectId(), key.id(), key.userId()), event.occurredAt(), cost);
    }

    static BigDecimal total(List<ChargedEvent> events) {
        return events.stream().map(ChargedEvent::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
