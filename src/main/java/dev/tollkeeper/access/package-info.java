/**
 * Who is calling, and may they.
 * <ul>
 * <li>A client's address is taken from a header only where the socket's peer is a trusted proxy, and only as far along
 * the chain of hops as the proxies are trusted.</li>
 * <li>A chain that cannot be read gives no address at all, and address rules then refuse.</li>
 * <li>A replica counts for as long as it may go by its memory, and says of a change that it heard only once it did.</li>
 * <li>A cookie counts for the console's own requests alone, and never where a request carries a credential; gateways'
 * requests have none that counts.</li>
 * </ul>
 */
package dev.tollkeeper.access;
