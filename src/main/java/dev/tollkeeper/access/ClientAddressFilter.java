package dev.tollkeeper.access;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.tollkeeper.http.RequestInfo;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** Works out each request's client address once, for whoever needs it later. */
@Singleton
class ClientAddressFilter {
    private static final int BEFORE_ROUTES = 900;

    private final ClientAddress addresses;

    ClientAddressFilter(ClientAddress addresses) {
        this.addresses = addresses;
    }

    void register(@Observes Filters filters) {
        filters.register(this::resolve, BEFORE_ROUTES);
    }

    private void resolve(RoutingContext request) {
        SocketAddress peer = request.request().remoteAddress();
        List<String> forwarded = request.request().headers().getAll(addresses.header().headerName());
        String address = peer == null
                ? null
                : addresses.resolve(peer.hostAddress(), forwarded).map(found -> found.toCanonicalString()).orElse(null);
        RequestInfo.clientAddress(request, address);
        request.next();
    }
}
