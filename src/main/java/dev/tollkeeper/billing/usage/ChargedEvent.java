package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.util.UUID;

import dev.tollkeeper.billing.budget.Spender;
import dev.tollkeeper.billing.budget.Spending;

/**
 * An accepted event with its price and cost.
 *
 * @param batchId the debit that it is part of
 * @param priceId null where there was no price
 * @param cost exact; 0 where there was no price
 */
record ChargedEvent(UUID teamId, UUID batchId, UsageEvent event, UsageKey key, EventMark mark, Billed billed, UUID priceId,
        BigDecimal cost) {
    Spending spending() {
        return new Spending(new Spender(key.projectId(), key.id(), key.userId()), billed.at(), cost);
    }
}
