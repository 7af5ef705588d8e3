package dev.tollkeeper.billing.reconciliation;

import java.math.BigDecimal;
import java.util.List;

/**
 * What does not add up of a team's books.
 *
 * @param balances the accounts whose stored balance is not the fold of their entries
 * @param grants by how much what is left of all grants differs from the balance; 0 where it does not
 * @param rollUps what differs of the roll-ups
 */
record Drift(List<Balance> balances, BigDecimal grants, RollUps rollUps) {
    /**
     * One account.
     *
     * @param stored its balance as it is stored
     * @param folded the sum of its entries
     */
    record Balance(String account, BigDecimal stored, BigDecimal folded) {
    }

    /**
     * What differs of roll-ups.
     *
     * @param rows how many rows are not the sum of their events, missing ones included
     * @param cost by how much their costs differ, taken together, each without its sign
     */
    record RollUps(long rows, BigDecimal cost) {
        static final RollUps NONE = new RollUps(0, BigDecimal.ZERO);

        RollUps plus(RollUps more) {
            return new RollUps(rows + more.rows, cost.add(more.cost));
        }
    }

    boolean isNone() {
        return balances.isEmpty() && grants.signum() == 0 && rollUps.rows() == 0;
    }
}
