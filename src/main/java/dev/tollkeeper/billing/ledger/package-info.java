/**
 * A team's money: double entry, only ever added to.
 *
 * <ul>
 * <li>Every transaction moves an amount from one account of a team to another, so it sums to zero, and so does the ledger. The
 * database refuses one that does not, and any change of an entry.
 * <li>Whoever books for a team holds the lock on its {@code balance} account ({@link Ledger#lock}). Whatever is read under it
 * stays true until the commit. Who opens a team's accounts, or relies on there being none, holds a lock of its own before that one.
 * <li>A stored balance is the sum of its account's entries, written in the same transaction.
 * <li>Credit comes as grants. What is left of all of them together is the balance, or nothing where the balance is below zero:
 * a grant that meets a debt covers it first. granted = consumed + expired + voided + remaining, for every grant.
 * <li>Grants burn by priority, then earliest expiry (never-expiring last), then age; what no grant covers is owed.
 * <li>Expiry is an entry, booked before anything else is booked or read at that time. Usage burns what is there when it arrives:
 * an event that happened before a grant's expiry and arrives after it does not use the grant.
 * <li>Taking credit back is an entry that names the one it reverses: what is left of a grant goes back to {@code funding}. What was used
 * stays used.
 * <li>What takes a balance to what the operator calls low tells the team's webhooks, in its transaction.
 * </ul>
 */
package dev.tollkeeper.billing.ledger;
