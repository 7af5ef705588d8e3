package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A team's balance, which nobody else can change before the transaction at hand ends.
 *
 * @param currency the one currency of all the team's accounts
 * @param balance what the team has left now; below zero, what it owes
 */
public record LockedAccount(UUID teamId, String currency, BigDecimal balance) {
    LockedAccount withBalance(BigDecimal after) {
        return new LockedAccount(teamId, currency, after);
    }
}
