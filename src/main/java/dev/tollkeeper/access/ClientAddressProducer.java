package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the one way of this installation to find a client's address, from its settings. */
class ClientAddressProducer {
    @Produces
    @Singleton
    ClientAddress addresses(@ConfigProperty(name = "tollkeeper.trusted-proxies") Optional<List<String>> trusted,
            @ConfigProperty(name = "tollkeeper.forwarded-header", defaultValue = "x-forwarded-for") ForwardedHeader header) {
        return new ClientAddress(TrustedProxies.parse(trusted.orElse(List.of())), header);
    }
}
