package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a team has to pay for a batch of events.
 *
 * @param account the team's, locked in the transaction at hand
 * @param batchId which the events carry, too
 * @param cost above zero
 */
public record UsageDebit(LockedAccount account, UUID batchId, BigDecimal cost) {
}
