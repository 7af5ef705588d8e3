package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import dev.tollkeeper.key.IpAddresses;
import inet.ipaddr.IPAddress;

/**
 * Finds the end client's address: the socket's peer, or what trusted proxies say of whom they call for.
 *
 * @param proxies whose word is taken
 * @param header where they say it
 */
public record ClientAddress(TrustedProxies proxies, ForwardedHeader header) {

    private static final int MAX_HOPS = 50;
    private static final int MAX_HEADER_LENGTH = 8192;

    /**
     * The right-most address in the chain that is not a trusted proxy's: the last that somebody trusted has seen. Where
     * all are trusted, the left-most.
     *
     * @param peer the address of the socket's other end, without its port
     * @param headerValues the lines of {@link #header()} in the order they came; empty where there are none
     * @return the address, IPv4 where it is IPv4-mapped. Empty where it is not known: a hop that cannot be read comes
     *         first, or the header is over 8192 characters or 50 hops. Address rules must then refuse
     */
    public Optional<IPAddress> resolve(String peer, List<String> headerValues) {
        var peerAddress = IpAddresses.parseStrict(peer);
        if (headerValues.isEmpty() || peerAddress.filter(proxies::trusts).isEmpty()) {
            return peerAddress;
        }
        return isTooLong(headerValues) ? Optional.empty() : rightMostUntrusted(hops(headerValues));
    }

    /**
     * The same where the socket's peer says who its own peer was, as Envoy does: that is believed as far as it is.
     *
     * @param claimed whom the peer says that it serves, null where it does not say. The header was written before it
     */
    public Optional<IPAddress> resolveBehind(String peer, String claimed, List<String> headerValues) {
        var peerAddress = IpAddresses.parseStrict(peer);
        return peerAddress.filter(proxies::trusts).isPresent() ? resolve(claimed, headerValues) : peerAddress;
    }

    private List<String> hops(List<String> headerValues) {
        return headerValues.stream()
                .flatMap(line -> header.hops(line).stream())
                .toList();
    }

    private Optional<IPAddress> rightMostUntrusted(List<String> hops) {
        Optional<IPAddress> address = Optional.empty();
        if (hops.size() > MAX_HOPS) {
            return address;
        }
        for (int i = hops.size() - 1; i >= 0; i--) {
            address = Hop.address(hops.get(i));
            // Nobody trusted vouches for what stands to the left of an untrusted or unreadable hop.
            if (address.filter(proxies::trusts).isEmpty()) {
                return address;
            }
        }
        return address;
    }

    private static boolean isTooLong(List<String> headerValues) {
        return headerValues.stream().mapToInt(String::length).sum() > MAX_HEADER_LENGTH;
    }
}
