package dev.tollkeeper.billing.ledger;

import java.util.Locale;

/** The accounts that every team has. */
enum Account {
    /** What the team has left; below zero, what it owes. */
    BALANCE,
    /** Where credit comes from. */
    FUNDING,
    /** Where the price of usage goes. */
    REVENUE,
    /** Where credit goes that was not used in time. */
    EXPIRED;

    /** The account as the database writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
