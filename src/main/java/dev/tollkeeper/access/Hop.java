package dev.tollkeeper.access;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.tollkeeper.key.IpAddresses;
import inet.ipaddr.IPAddress;

/** Reads one hop of a forwarding header: an address that may carry a port, IPv6 then in brackets (RFC 7239 section 6). */
final class Hop {

    private static final Pattern WITH_PORT_OR_BRACKETS = Pattern.compile(
            "(?:(?<ipv4>[0-9.]+)|\\[(?<ipv6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)])(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    private Hop() {
    }

    /**
     * The hop's address.
     *
     * @return empty for {@code unknown}, an obfuscated {@code _name}, and whatever else is not one clear address
     */
    static Optional<IPAddress> address(String hop) {
        return IpAddresses.parseStrict(bare(hop));
    }

    private static String bare(String hop) {
        var matcher = WITH_PORT_OR_BRACKETS.matcher(hop);
        if (!matcher.matches()) {
            return hop;
        }
        var ipv4 = matcher.group("ipv4");
        return ipv4 == null ? matcher.group("ipv6") : ipv4;
    }
}
