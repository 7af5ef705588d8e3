package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.UUID;

/**
 * An amount that moves from one account of a team to another: one ledger transaction with two entries, which sum to zero.
 *
 * @param kind what it is, in the ledger's words
 * @param referenceType what kind of thing it is for
 * @param referenceId which one; a thing is booked once
 * @param amount above zero
 * @param reverses the transaction that this one takes back, null for none
 * @param adjusts the closed month that it adjusts; null unless it is an adjustment
 */
record Transfer(UUID teamId, String kind, String referenceType, UUID referenceId, Account from, Account to, BigDecimal amount,
        UUID reverses, YearMonth adjusts) {
    private static final String GRANT = "credit_grant";
    private static final String BATCH = "usage_batch";

    Transfer {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("A transfer moves an amount above zero.");
        }
    }

    /** Credit that a team is given. */
    static Transfer credit(UUID team, UUID grant, BigDecimal amount) {
        return new Transfer(team, "credit", GRANT, grant, Account.FUNDING, Account.BALANCE, amount, null, null);
    }

    /** What the events of one request cost; they carry the batch's id, and each the price that it was charged at. */
    static Transfer usage(UUID team, UUID batch, BigDecimal cost) {
        return new Transfer(team, "usage", BATCH, batch, Account.BALANCE, Account.REVENUE, cost, null, null);
    }

    /** What events cost that came when their month was closed; booked like usage of the month in which they came. */
    static Transfer adjustment(UUID team, UUID batch, YearMonth adjusts, BigDecimal cost) {
        return new Transfer(team, "adjustment", BATCH, batch, Account.BALANCE, Account.REVENUE, cost, null, adjusts);
    }

    /** What was left of a grant when its time was over. */
    static Transfer expiry(UUID team, UUID grant, BigDecimal left) {
        return new Transfer(team, "expiry", GRANT, grant, Account.BALANCE, Account.EXPIRED, left, null, null);
    }

    /** What was left of a grant when it was taken back: it goes where it came from. */
    static Transfer reversal(UUID team, UUID grant, BigDecimal left, UUID giving) {
        return new Transfer(team, "reversal", GRANT, grant, Account.BALANCE, Account.FUNDING, left, giving, null);
    }
}
