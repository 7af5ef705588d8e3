package dev.tollkeeper.team;

import java.math.BigDecimal;

import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.money.DecimalRule;
import dev.tollkeeper.money.Decimals;

/**
 * How far below zero the balance of a team that pays later may go.
 *
 * @param amount null for any distance
 */
record CreditLimit(BigDecimal amount) {
    /** No limit. */
    static final CreditLimit NONE = new CreditLimit(null);

    private static final DecimalRule RULE = DecimalRule.AMOUNT.notNegative();

    CreditLimit {
        // So that equal limits are equal, however many zeros the database has.
        amount = amount == null ? null : Decimals.canonical(amount);
    }

    /** The limit that a client sent in {@code credit_limit}, null for none. */
    static CreditLimit read(DecimalText sent) {
        return sent == null ? NONE : new CreditLimit(sent.read(RULE, "credit_limit"));
    }

    boolean isSet() {
        return amount != null;
    }

    /** The limit as the API writes it, null for none. */
    String text() {
        return isSet() ? Decimals.money(amount) : null;
    }

    @Override
    public String toString() {
        return isSet() ? text() : "none";
    }
}
