package dev.tollkeeper.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.tollkeeper.http.problem.DomainError;

/** Reads where a webhook's messages go. Whether the address behind the name is public is asked with each message. */
final class WebhookUrl {
    static final int LONGEST = 2048;
    private static final int LAST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("https", "http");
    /** A name, an IPv4 address, or an IPv6 address in its brackets. */
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]");

    private WebhookUrl() {
    }

    /**
     * The URL of a field, as it was sent.
     *
     * @throws DomainError naming the field
     */
    static String inField(String text, String field) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw DomainError.invalidField(field, "must be 1 to " + LONGEST + " characters long");
        }
        URI url = parse(text, field);
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw DomainError.invalidField(field, "must begin with https:// or http://");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw DomainError.invalidField(field, "must have no user, password or fragment in it");
        }
        if (url.getHost() == null || !HOST.matcher(url.getHost()).matches() || url.getPort() == 0
                || url.getPort() > LAST_PORT) {
            throw DomainError.invalidField(field, "must have the name or address of a host, and a port below 65536 or none");
        }
        return text;
    }

    private static URI parse(String text, String field) {
        try {
            URI url = new URI(text);
            if (!text.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
                throw DomainError.invalidField(field,
                        "must be ASCII: write other characters percent-encoded, a host's in punycode");
            }
            return url;
        } catch (URISyntaxException unreadable) {
            throw DomainError.invalidField(field, "is not a URL such as https://example.com/hooks");
        }
    }
}
