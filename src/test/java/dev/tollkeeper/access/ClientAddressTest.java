package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import inet.ipaddr.IPAddress;

class ClientAddressTest {

    private static final String PROXY = "10.0.0.1";
    private static final TrustedProxies PROXIES = TrustedProxies.parse(List.of("10.0.0.0/8", "2001:db8:ffff::/48"));

    private final ClientAddress byXForwardedFor = new ClientAddress(PROXIES, ForwardedHeader.X_FORWARDED_FOR);
    private final ClientAddress byForwarded = new ClientAddress(PROXIES, ForwardedHeader.FORWARDED);

    // Rule 21. Seen to fail with the peer's trust not asked for.
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "10.0.0.1", "127.0.0.1"})
    void a_header_from_an_untrusted_peer_is_ignored(String spoofed) {
        var peer = "198.51.100.9";

        var address = byXForwardedFor.resolve(peer, List.of(spoofed));

        assertThat(text(address)).isEqualTo(peer);
    }

    // Rule 21. Seen to fail with no proxies taken for every proxy, as an empty IpRules would have it.
    @Test
    void with_no_trusted_proxies_nobody_is_believed() {
        var nobodyTrusted = new ClientAddress(TrustedProxies.parse(List.of()), ForwardedHeader.X_FORWARDED_FOR);

        var address = nobodyTrusted.resolve(PROXY, List.of("203.0.113.7"));

        assertThat(text(address)).isEqualTo(PROXY);
    }

    // Rule 21. Seen to fail with the walk made from the left.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.7                                | 203.0.113.7",
            "6.6.6.6, 203.0.113.7                       | 203.0.113.7",
            "6.6.6.6, 203.0.113.7, 10.0.0.2             | 203.0.113.7",
            "6.6.6.6,203.0.113.7,10.0.0.2,10.9.9.9      | 203.0.113.7",
            "10.6.6.6, 203.0.113.7                      | 203.0.113.7",
            "garbage, 203.0.113.7                       | 203.0.113.7",
            "203.0.113.7, 2001:db8:ffff::1              | 203.0.113.7",
            "203.0.113.7, ::ffff:10.0.0.2               | 203.0.113.7",
            "2001:db8::1, 10.0.0.2                      | 2001:db8::1"})
    void the_right_most_hop_that_is_not_trusted_is_the_client(String header, String client) {
        var headers = List.of(header);

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.7:5678         | 203.0.113.7",
            "[2001:db8::1]:443        | 2001:db8::1",
            "[2001:db8::1]            | 2001:db8::1",
            "2001:DB8:0::1            | 2001:db8::1",
            "::ffff:203.0.113.7       | 203.0.113.7",
            "[::ffff:203.0.113.7]:80  | 203.0.113.7"})
    void a_hop_may_carry_a_port_and_brackets(String hop, String client) {
        var headers = List.of("6.6.6.6, " + hop);

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo(client);
    }

    @Test
    void header_lines_are_one_list_in_their_order() {
        var headers = List.of("6.6.6.6", "203.0.113.7, 10.0.0.3", "10.0.0.2");

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo("203.0.113.7");
    }

    @Test
    void where_every_hop_is_trusted_the_left_most_is_the_client() {
        var headers = List.of("10.0.0.4, 10.0.0.3, 10.0.0.2");

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo("10.0.0.4");
    }

    @Test
    void a_trusted_peer_without_the_header_is_the_client() {
        var noHeaders = List.<String>of();

        var address = byXForwardedFor.resolve(PROXY, noHeaders);

        assertThat(text(address)).isEqualTo(PROXY);
    }

    @Test
    void a_trusted_peer_may_be_known_by_its_mapped_address() {
        var peer = "::ffff:10.0.0.1";

        var address = byXForwardedFor.resolve(peer, List.of("203.0.113.7"));

        assertThat(text(address)).isEqualTo("203.0.113.7");
    }

    // Rules 20 and 21. Seen to fail with hops that cannot be read passed over.
    @ParameterizedTest
    @ValueSource(strings = {
            "203.0.113.7, garbage", "203.0.113.7, garbage, 10.0.0.2", "203.0.113.7, unknown", "203.0.113.7, _hidden",
            "203.0.113.7, ", "203.0.113.7,,10.0.0.2", "", " ", ",",
            "203.0.113.07", "203.0.113", "203.0.113.7/32", "203.0.113.7:", "203.0.113.7:123456", "203.0.113.7:80:80",
            "\"203.0.113.7\"", "[203.0.113.7]", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]443", "fe80::1%eth0",
            "203.0.113.7 10.0.0.2", "203.0.113.7; 10.0.0.2", "for=203.0.113.7"})
    void a_hop_that_cannot_be_read_leaves_the_address_unknown(String header) {
        var headers = List.of(header);

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(address).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "localhost", "10.0.0.1:80", "fe80::1%eth0", "/run/proxy.sock"})
    void a_peer_that_cannot_be_read_leaves_the_address_unknown(String peer) {
        var headers = List.of("203.0.113.7");

        var address = byXForwardedFor.resolve(peer, headers);

        assertThat(address).isEmpty();
    }

    @Test
    void fifty_hops_are_followed() {
        var headers = Collections.nCopies(50, "10.0.0.2");

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo("10.0.0.2");
    }

    @Test
    void with_more_than_fifty_hops_the_address_is_unknown() {
        var headers = Collections.nCopies(51, "10.0.0.2");

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(address).isEmpty();
    }

    @Test
    void with_an_overlong_header_the_address_is_unknown() {
        var headers = List.of("x".repeat(8192), "203.0.113.7");

        var address = byXForwardedFor.resolve(PROXY, headers);

        assertThat(address).isEmpty();
    }

    // Rule 21, where the peer tells who its own peer was. Seen to fail with the peer's trust not asked for.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "10.0.0.1     | 203.0.113.7  | -           | 203.0.113.7",
            "10.0.0.1     | 203.0.113.7  | 6.6.6.6     | 203.0.113.7",
            "10.0.0.1     | 10.0.0.2     | 203.0.113.7 | 203.0.113.7",
            "10.0.0.1     | 10.0.0.2     | -           | 10.0.0.2",
            "10.0.0.1     | -            | 203.0.113.7 | unknown",
            "10.0.0.1     | garbage      | 203.0.113.7 | unknown",
            "198.51.100.9 | 203.0.113.7  | 6.6.6.6     | 198.51.100.9",
            "198.51.100.9 | -            | -           | 198.51.100.9",
            "-            | 203.0.113.7  | -           | unknown"})
    void a_peer_that_tells_its_own_peer_is_believed_as_far_as_it_is_trusted(String peer, String claimed, String header,
            String client) {
        var headers = header == null ? List.<String>of() : List.of(header);

        var address = byXForwardedFor.resolveBehind(peer, claimed, headers);

        assertThat(text(address)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
            "for=203.0.113.7                                              | 203.0.113.7",
            "For=203.0.113.7;Proto=https;BY=10.0.0.2                      | 203.0.113.7",
            "proto=https ; for=203.0.113.7 ;host=example.com:443          | 203.0.113.7",
            "for=6.6.6.6, for=203.0.113.7;by=10.0.0.3,for=10.0.0.2        | 203.0.113.7",
            "for=\"203.0.113.7:4711\"                                     | 203.0.113.7",
            "for=203.0.113.7:4711                                         | 203.0.113.7",
            "for=\"203.0.113.7:_port\"                                    | 203.0.113.7",
            "for=\"[2001:db8::1]:4711\"                                   | 2001:db8::1",
            "FOR=\"[2001:DB8::1]\"                                        | 2001:db8::1",
            "for=\"203\\.0.113.7\"                                        | 203.0.113.7",
            "for=203.0.113.7;ext=\"a, for=6.6.6.6; b\\\" \"               | 203.0.113.7",
            "for=unknown, for=203.0.113.7, for=\"[2001:db8:ffff::1]\"     | 203.0.113.7",
            "for=203.0.113.7;                                             | 203.0.113.7"})
    void forwarded_names_the_client_in_its_for_parameters(String header, String client) {
        var headers = List.of(header);

        var address = byForwarded.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo(client);
    }

    // Rules 20 and 21. Seen to fail, for the broken lines, with what was read before the error returned.
    @ParameterizedTest
    @ValueSource(strings = {
            "for=203.0.113.7, for=unknown", "for=203.0.113.7, for=_hidden", "for=203.0.113.7, for=\"_gazonk\"",
            "for=203.0.113.7, proto=https", "for=203.0.113.7, ", "", "for=", "for=\"\"", "for", "203.0.113.7",
            "for=203.0.113.7;for=6.6.6.6", "for=203.0.113.7;FOR=6.6.6.6", "for = 203.0.113.7",
            "for=203.0.113.7, for=\"10.0.0.2", "for=203.0.113.7 for=6.6.6.6", "for=203.0.113.7\"\"",
            "for=\"203.0.113.7\\", "for=203.0.113.7, =x", "for=203.0.113.7;é=x"})
    void forwarded_that_cannot_be_read_leaves_the_address_unknown(String header) {
        var headers = List.of(header);

        var address = byForwarded.resolve(PROXY, headers);

        assertThat(address).isEmpty();
    }

    // Rule 21. The client's part leaves a quote open, to swallow what the proxy adds after it. Seen to fail with
    // what was read before the error returned, and with text let stand after a closing quote.
    @ParameterizedTest
    @ValueSource(strings = {"for=6.6.6.6;x=\"", "for=6.6.6.6, for=\"", "for=6.6.6.6;x=\"\\", "for=6.6.6.6;x=\","})
    void a_quote_left_open_by_the_client_does_not_hide_what_the_proxy_added(String sentByClient) {
        var headers = List.of(sentByClient + ", for=\"[2001:db8::1]:443\";proto=\"https\"");

        var address = byForwarded.resolve(PROXY, headers);

        assertThat(address).isEmpty();
    }

    @Test
    void a_broken_line_does_not_spoil_the_line_that_a_proxy_added() {
        var headers = List.of("for=6.6.6.6;x=\"", "for=203.0.113.7");

        var address = byForwarded.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo("203.0.113.7");
    }

    @Test
    void a_long_quoted_value_is_read_in_bounded_stack() {
        var headers = List.of("x=\"" + "\\a".repeat(4000) + "\", for=203.0.113.7");

        var address = byForwarded.resolve(PROXY, headers);

        assertThat(text(address)).isEqualTo("203.0.113.7");
    }

    private static String text(Optional<IPAddress> address) {
        return address.map(IPAddress::toCanonicalString).orElse("unknown");
    }
}
