package dev.tollkeeper.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv6.IPv6Address;

/**
 * Which addresses are public: those that IANA's registries of special-purpose addresses do not keep for something else. An IPv6
 * address that only stands for an IPv4 address is judged as that one.
 */
final class PublicAddresses {
    /** This host, private, CGNAT, loopback, link-local and metadata, protocol, documentation, 6to4 relays, benchmarks, multicast, reserved. */
    private static final List<IPAddress> SPECIAL_IPV4 = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");
    /** All that is given out so far; loopback, ULA, link-local and multicast lie outside of it. */
    private static final IPAddress GLOBAL_IPV6 = block("2000::/3");
    /** Protocols, Teredo among them, documentation, and 6to4. */
    private static final List<IPAddress> SPECIAL_IPV6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
    /** Behind it a NAT64 reaches the IPv4 address in the last 32 bits (RFC 6052). */
    private static final IPAddress NAT64 = block("64:ff9b::/96");

    private PublicAddresses() {
    }

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPv6Address.BYTE_COUNT
                ? containIpv6(new IPv6Address(bytes))
                : containIpv4(new inet.ipaddr.ipv4.IPv4Address(bytes));
    }

    private static boolean containIpv6(IPv6Address address) {
        if (address.isIPv4Mapped() || NAT64.contains(address)) {
            return containIpv4(address.getEmbeddedIPv4Address());
        }
        return GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address));
    }

    private static boolean containIpv4(IPAddress address) {
        return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address));
    }

    private static List<IPAddress> blocks(String... texts) {
        return Stream.of(texts).map(PublicAddresses::block).toList();
    }

    private static IPAddress block(String text) {
        return new IPAddressString(text).getAddress();
    }
}
