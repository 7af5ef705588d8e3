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

/** The operator's hand on models. */
@Path("api/registry/models/{id: .+}")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Registry")
class ModelResource {
    private final ModelService models;

    ModelResource(ModelService models) {
        this.models = models;
    }

    @PUT
    @Requires(value = Scope.SETTINGS_WRITE, operator = true)
    @Operation(operationId = "putModel", summary = "Create or change a model", description = "Operator only. A new model needs a `provider` and a `name`; of an existing one, fields left out stay as "
            + "they are.")
    @APIResponse(responseCode = "200", description = "Changed", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Model.class)))
    @APIResponse(responseCode = "201", description = "Created", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Model.class)))
    public Uni<RestResponse<Model>> put(@PathParam("id") String id, @NotNull @Valid ModelChange body) {
        return models.put(RegistryIds.model(id), body).map(stored -> RestResponse
                .status(stored.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, stored.thing()));
    }

    @DELETE
    @Requires(value = Scope.SETTINGS_WRITE, operator = true)
    @Operation(operationId = "deleteModel", summary = "Delete a model", description = "Operator only. One that a price or a project's configuration names is not deleted: 409 "
            + "`state_conflict`.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        return models.delete(RegistryIds.model(id)).replaceWith(new Deleted(true, id));
    }
}
