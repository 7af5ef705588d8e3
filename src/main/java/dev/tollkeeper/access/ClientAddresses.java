package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import inet.ipaddr.IPAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** The end client's address of each request. The same few gateways and clients come again and again, so what was read is kept. */
@Singleton
class ClientAddresses {
    private static final int MOST_KEPT = 20_000;

    /** What is said of where a request comes from; where {@code behind}, its peer said that its own peer was {@code claimed}. */
    private record Seen(String peer, boolean behind, String claimed, List<String> forwarded) {
    }

    private final ClientAddress addresses;
    private final Cache<Seen, Optional<String>> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ClientAddresses(ClientAddress addresses) {
        this.addresses = addresses;
    }

    /** The address in canonical form, null where it is not known. */
    String of(HttpServerRequest request) {
        // The request itself would read its forwarding headers first, to tell the same.
        SocketAddress peer = request.connection().remoteAddress();
        if (peer == null) {
            return null;
        }
        return of(peer.hostAddress(), request.headers().getAll(headerName()));
    }

    private String of(String peer, List<String> forwarded) {
        return kept.get(new Seen(peer, false, null, forwarded), this::resolve).orElse(null);
    }

    /** As {@link ClientAddress#resolveBehind}, in canonical form; null where the address is not known. */
    String ofBehind(String peer, String claimed, List<String> forwarded) {
        return kept.get(new Seen(peer, true, claimed, forwarded), this::resolve).orElse(null);
    }

    private Optional<String> resolve(Seen seen) {
        Optional<IPAddress> found = seen.behind()
                ? addresses.resolveBehind(seen.peer(), seen.claimed(), seen.forwarded())
                : addresses.resolve(seen.peer(), seen.forwarded());
        return found.map(IPAddress::toCanonicalString);
    }

    /** The header in which proxies say on whose behalf they call. */
    String headerName() {
        return addresses.header().headerName();
    }
}
