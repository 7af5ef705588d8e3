package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.UUID;

/**
 * What a team has to pay for a batch of events.
 *
 * @param account the team's, locked in the transaction at hand
 * @param batchId which the events carry, too
 * @param adjusts the closed month that the events belong to, null for those of open ones
 * @param cost exact
 */
public record UsageDebit(LockedAccount account, UUID batchId, YearMonth adjusts, BigDecimal cost) {
    /** With the cost of more events of the batch. */
    public UsageDebit plus(UsageDebit more) {
        return new UsageDebit(account, batchId, adjusts, cost.add(more.cost));
    }

    Transfer transfer() {
        return adjusts == null
                ? Transfer.usage(account.teamId(), batchId, cost)
                : Transfer.adjustment(account.teamId(), batchId, adjusts, cost);
    }
}
