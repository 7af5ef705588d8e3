package dev.tollkeeper.registry;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Tells what configurations and prices can name. */
@Path("api/registry")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Registry")
class RegistryResource {
    private final RegistryService registry;

    RegistryResource(RegistryService registry) {
        this.registry = registry;
    }

    @GET
    @Requires(Scope.SETTINGS_READ)
    @Operation(operationId = "getRegistry", summary = "Get the registry", description = "The providers and models that configurations and prices can name, each list ordered by id.")
    public Uni<Registry> get() {
        return registry.get();
    }
}
