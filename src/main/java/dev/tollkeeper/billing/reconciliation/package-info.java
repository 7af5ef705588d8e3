/**
 * Whether the books add up: stored balances are derived again from the ledger's entries, roll-ups from the events. What differs is told
 * by metrics and the log; a roll-up can be built anew, a balance never changes but by an entry.
 */
package dev.tollkeeper.billing.reconciliation;
