package dev.tollkeeper.registry;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The operator's hand on providers. */
@Path("api/registry/providers/{id}")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Registry")
class ProviderResource {
    private final ProviderService providers;

    ProviderResource(ProviderService providers) {
        this.providers = providers;
    }

    @PUT
    @Requires(value = Scope.SETTINGS_WRITE, operator = true)
    @Operation(operationId = "putProvider", summary = "Create or change a provider", description = "Operator only. A new provider needs a `name`; of an existing one, fields left out stay as they are.")
    @APIResponse(responseCode = "200", description = "Changed", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Provider.class)))
    @APIResponse(responseCode = "201", description = "Created", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Provider.class)))
    public Uni<RestResponse<Provider>> put(@PathParam("id") String id, @NotNull @Valid ProviderChange body) {
        return providers.put(RegistryIds.provider(id), body).map(stored -> RestResponse
                .status(stored.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, stored.thing()));
    }

    @DELETE
    @Requires(value = Scope.SETTINGS_WRITE, operator = true)
    @Operation(operationId = "deleteProvider", summary = "Delete a provider", description = "Operator only. One that a model or a project's configuration names is not deleted: 409 "
            + "`state_conflict`.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        return providers.delete(RegistryIds.provider(id)).replaceWith(new Deleted(true, id));
    }
}
