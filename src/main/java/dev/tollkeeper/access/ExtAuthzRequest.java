package dev.tollkeeper.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.tollkeeper.http.RequestId;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;

/**
 * What is read of a request that Envoy asks about. Envoy gives its headers as a map, in which lines of one name are
 * joined with commas, or with {@code encode_raw_headers} as they came.
 */
final class ExtAuthzRequest {
    /** Envoy takes at most 100 unless told otherwise. */
    static final int MOST_HEADERS = 1000;

    private final String forwardedHeader;
    private final String source;
    private final int headers;
    private final List<String> authorizations = new ArrayList<>(1);
    private final List<String> apiKeys = new ArrayList<>(1);
    private final List<String> forwarded = new ArrayList<>(1);
    private final List<String> inOurName = new ArrayList<>(0);
    private String requestId;

    private ExtAuthzRequest(AttributeContext attributes, String forwardedHeader) {
        AttributeContext.HttpRequest http = attributes.getRequest().getHttp();
        Address sender = attributes.getSource().getAddress();
        this.forwardedHeader = forwardedHeader;
        this.source = sender.hasSocketAddress() ? sender.getSocketAddress().getAddress() : null;
        this.headers = http.getHeaderMap().getHeadersCount() + http.getHeadersCount();
        if (!isTooLong()) {
            http.getHeaderMap().getHeadersList().forEach(header -> read(header.getKey(), List.of(value(header))));
            http.getHeadersMap().forEach((name, value) -> read(name, lines(name, value)));
        }
    }

    /** Reads it; of the headers that tell a client's address only the one of this name. */
    static ExtAuthzRequest of(CheckRequest asked, String forwardedHeader) {
        return new ExtAuthzRequest(asked.getAttributes(), forwardedHeader);
    }

    private static String value(HeaderValue header) {
        return header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toString(StandardCharsets.ISO_8859_1);
    }

    /** No credential has a comma in it, so one says that there were two lines. */
    private static List<String> lines(String name, String value) {
        return value.indexOf(',') >= 0 && isCredential(name) ? Arrays.asList(value.split(",", -1)) : List.of(value);
    }

    private static boolean isCredential(String name) {
        return name.equalsIgnoreCase(CredentialFinder.AUTHORIZATION) || name.equalsIgnoreCase(CredentialFinder.API_KEY);
    }

    private void read(String name, List<String> lines) {
        if (name.equalsIgnoreCase(CredentialFinder.AUTHORIZATION)) {
            authorizations.addAll(lines);
        } else if (name.equalsIgnoreCase(CredentialFinder.API_KEY)) {
            apiKeys.addAll(lines);
        } else if (name.equalsIgnoreCase(forwardedHeader)) {
            forwarded.addAll(lines);
        } else if (name.equalsIgnoreCase(RequestId.HEADER)) {
            requestId = lines.get(0);
        } else if (IdentityHeaders.areNamedLike(name)) {
            inOurName.add(name);
        }
    }

    /** Whether it has more headers than are read. */
    boolean isTooLong() {
        return headers > MOST_HEADERS;
    }

    /** The values of {@code Authorization}. */
    List<String> authorizations() {
        return authorizations;
    }

    /** The values of {@code X-API-Key}. */
    List<String> apiKeys() {
        return apiKeys;
    }

    /** The lines of the header in which proxies say on whose behalf they call. */
    List<String> forwarded() {
        return List.copyOf(forwarded);
    }

    /** The names of the headers in which the client speaks as Tollkeeper does, as it wrote them. */
    List<String> inOurName() {
        return inOurName;
    }

    /** The id that Envoy or its client gave the request, null where there is none. */
    String requestId() {
        return requestId;
    }

    /** The address of Envoy's own peer, as Envoy says; null where it says none, or came by another way than IP. */
    String source() {
        return source;
    }
}
