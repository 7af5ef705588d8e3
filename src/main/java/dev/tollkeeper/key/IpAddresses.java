package dev.tollkeeper.key;

import java.util.Optional;
import java.util.regex.Pattern;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;

/**
 * Reads an IP address in the one form that nobody reads differently: IPv4 as four decimal octets without leading zeros,
 * IPv6 as RFC 4291 section 2.2 has it, without a zone id.
 */
public final class IpAddresses {

    /** The longest IPv6 text, with all its digits and an IPv4 address at its end. */
    private static final int MAX_LENGTH = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6_GROUPS = "[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){1,8}";
    private static final String IPV6_THEN_IPV4 = "[0-9A-Fa-f:]*:" + IPV4;

    /**
     * Which characters may stand where. The library then says whether an IPv6 text has the right number of groups; on
     * its own it would also take surrounding spaces and groups of more than four digits.
     */
    private static final Pattern SHAPE = Pattern.compile(IPV4 + "|" + IPV6_GROUPS + "|" + IPV6_THEN_IPV4);

    private static final IPAddressStringParameters ONE_ADDRESS = oneAddress();

    private IpAddresses() {
    }

    /**
     * Reads one address. An IPv4-mapped IPv6 address is returned as the IPv4 one.
     *
     * @param text the address, or null
     * @return empty for null and for anything that is not exactly one unambiguous address
     */
    public static Optional<IPAddress> parseStrict(String text) {
        return parseAsWritten(text).map(IpAddresses::unmapped);
    }

    /** As {@link #parseStrict}, but with an IPv4-mapped address left as IPv6, as its prefix length counts from there. */
    static Optional<IPAddress> parseAsWritten(String text) {
        if (text == null || text.length() > MAX_LENGTH || !SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(new IPAddressString(text, ONE_ADDRESS).getAddress());
    }

    /** The IPv4 address or block that an IPv4-mapped one (RFC 4291 section 2.5.5.2) stands for; any other as it is. */
    static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    private static IPAddressStringParameters oneAddress() {
        var parameters = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefix(false)
                .allowMask(false)
                .setRangeOptions(RangeParameters.NO_RANGE)
                .allow_inet_aton(false);
        parameters.getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false);
        return parameters.toParams();
    }
}
