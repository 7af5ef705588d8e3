package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How credit is used up: arithmetic alone. */
final class CreditRules {
    /** Priority, then earliest expiry with never last, then age. */
    static final Comparator<CreditGrant> BURN_ORDER = Comparator.comparingInt(CreditGrant::priority)
            .thenComparing(CreditGrant::expiresAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(CreditGrant::createdAt)
            .thenComparing(CreditGrant::id);

    private CreditRules() {
    }

    /**
     * Burns a cost, grant after grant. What all of them do not cover is left to the balance, which falls below zero.
     *
     * @return the grants that changed, with what is left of them
     */
    static List<CreditGrant> burn(List<CreditGrant> open, BigDecimal cost) {
        List<CreditGrant> changed = new ArrayList<>();
        BigDecimal left = cost;
        for (CreditGrant grant : open.stream().sorted(BURN_ORDER).toList()) {
            BigDecimal burnt = left.min(grant.remaining());
            if (burnt.signum() > 0) {
                changed.add(grant.withRemaining(grant.remaining().subtract(burnt)));
                left = left.subtract(burnt);
            }
        }
        return changed;
    }

    /** What remains of a new grant once it has covered what the team owes. */
    static BigDecimal remainingOf(BigDecimal amount, BigDecimal balanceBefore) {
        BigDecimal afterDebt = amount.add(balanceBefore.min(BigDecimal.ZERO));
        return afterDebt.max(BigDecimal.ZERO);
    }
}
