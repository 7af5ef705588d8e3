/**
 * API keys: the secret a client presents, the addresses it may come from, and the calls that manage them.
 * <ul>
 * <li>A secret's text leaves {@link dev.tollkeeper.key.KeySecret} only through {@code reveal()}; what is stored is
 * its digest under a pepper that the database does not hold.</li>
 * <li>A mistyped or made-up secret is refused by its checksum, before any query.</li>
 * <li>A digest covers the whole secret: two keys that share a prefix have nothing else in common.</li>
 * <li>An address rule that could be read in two ways is refused when written, never guessed at.</li>
 * <li>An address that is not known is refused wherever there are rules.</li>
 * <li>A project's live keys (neither revoked nor deleted) have different names, and are never more than its limit, under
 * any concurrency.</li>
 * <li>Nobody gives a key more than they have, and no key takes away its own way in.</li>
 * <li>A key keeps its id and settings whatever happens to its secret; at most one old secret lives.</li>
 * <li>A digest is replaced only by one of the same secret, under the newest pepper.</li>
 * <li>Webhooks are told what became of a key in the transaction in which it did, and of an expiry that is near once.</li>
 * <li>An edit writes what it changed and nothing else.</li>
 * <li>An IPv4 address and the IPv6 address it is mapped to are one address.</li>
 * </ul>
 */
package dev.tollkeeper.key;
