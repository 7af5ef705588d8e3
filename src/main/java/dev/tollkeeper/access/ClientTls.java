package dev.tollkeeper.access;

import jakarta.inject.Singleton;

import dev.tollkeeper.key.IpAddresses;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Whether the end client's request came over TLS: to this service, or to a trusted proxy that says so. */
@Singleton
class ClientTls {
    private static final String PROTOCOL = "X-Forwarded-Proto";

    private final ClientAddress addresses;

    ClientTls(ClientAddress addresses) {
        this.addresses = addresses;
    }

    boolean of(HttpServerRequest request) {
        return request.connection().isSsl() || isTold(request);
    }

    private boolean isTold(HttpServerRequest request) {
        String told = request.getHeader(PROTOCOL);
        SocketAddress peer = request.connection().remoteAddress();
        // Of several proxies the first names what the client itself used.
        return told != null && peer != null && "https".equalsIgnoreCase(told.split(",", 2)[0].strip())
                && IpAddresses.parseStrict(peer.hostAddress()).filter(addresses.proxies()::trusts).isPresent();
    }
}
