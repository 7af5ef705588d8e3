package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/**
 * A team's balance, which nobody else can change before the transaction at hand ends.
 *
 * @param currency the one currency of all the team's accounts
 * @param balance what the team has left now; below zero, what it owes
 * @param closedThrough the team's last closed month (UTC), null for none
 * @param openGrants the credit of which something is left, by when it expires
 */
public record LockedAccount(UUID teamId, String currency, BigDecimal balance, YearMonth closedThrough,
        List<CreditGrant> openGrants) {
    LockedAccount withOpenGrants(List<CreditGrant> grants) {
        return new LockedAccount(teamId, currency, balance, closedThrough, grants);
    }

    /** As it is once a grant is used up. */
    LockedAccount without(CreditGrant grant, BigDecimal balanceAfter) {
        List<CreditGrant> left = openGrants.stream().filter(other -> !other.id().equals(grant.id())).toList();
        return new LockedAccount(teamId, currency, balanceAfter, closedThrough, left);
    }

    boolean hasDue(Instant now) {
        return openGrants.stream().anyMatch(grant -> grant.isDue(now));
    }

    /** The grants whose time is over, in the order in which it ended. */
    List<CreditGrant> due(Instant now) {
        return openGrants.stream().filter(grant -> grant.isDue(now)).toList();
    }
}
