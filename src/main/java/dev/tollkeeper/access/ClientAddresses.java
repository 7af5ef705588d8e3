package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** The end client's address of each request. The same few gateways and clients come again and again, so what was read is kept. */
@Singleton
class ClientAddresses {
    private static final int MOST_KEPT = 20_000;

    private record Seen(String peer, List<String> forwarded) {
    }

    private final ClientAddress addresses;
    private final Cache<Seen, Optional<String>> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ClientAddresses(ClientAddress addresses) {
        this.addresses = addresses;
    }

    /** The address in canonical form, null where it is not known. */
    String of(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        if (peer == null) {
            return null;
        }
        return of(peer.hostAddress(), request.headers().getAll(addresses.header().headerName()));
    }

    private String of(String peer, List<String> forwarded) {
        return kept.get(new Seen(peer, forwarded), this::resolve).orElse(null);
    }

    private Optional<String> resolve(Seen seen) {
        return addresses.resolve(seen.peer(), seen.forwarded()).map(found -> found.toCanonicalString());
    }
}
