package dev.tollkeeper.access;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.tollkeeper.http.RequestInfo;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/** Works out each request's client address once, for whoever needs it later. */
@Singleton
class ClientAddressFilter {
    private static final int BEFORE_ROUTES = 900;

    private final ClientAddresses addresses;

    ClientAddressFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    void register(@Observes Filters filters) {
        filters.register(this::resolve, BEFORE_ROUTES);
    }

    private void resolve(RoutingContext request) {
        RequestInfo.clientAddress(request, addresses.of(request.request()));
        request.next();
    }
}
