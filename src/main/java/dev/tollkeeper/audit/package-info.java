/**
 * Who did what.
 * <ul>
 * <li>An entry is written in the transaction of the change that it tells of; entries are only ever added, and the
 * database refuses anything else.</li>
 * <li>The entries of a team are chained: each hash is over the one before it, and {@code audit_chain} holds the last. So a
 * change, a removal and an insertion show, wherever in the chain they are.</li>
 * <li>No secret is ever in an entry.</li>
 * <li>A team's log is read by its admins; the installation's own, by the operator.</li>
 * </ul>
 */
package dev.tollkeeper.audit;
