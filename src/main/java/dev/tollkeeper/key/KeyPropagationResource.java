package dev.tollkeeper.key;

import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Ids;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** How far a key's last change has come. */
@Path("api/manage/api-keys/{id}/propagation")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Keys")
class KeyPropagationResource {
    private final KeyPropagationService service;
    private final KeyActors actors;

    KeyPropagationResource(KeyPropagationService service, KeyActors actors) {
        this.service = service;
        this.actors = actors;
    }

    @GET
    @Requires(Scope.KEYS_READ)
    @Operation(operationId = "getKeyPropagation", summary = "Tell where a key's last change is in force", description = "Lists the "
            + "replicas, those that have not heard of the last change first. Once `propagated` is true, no replica goes by what "
            + "it knew before.")
    public Uni<KeyPropagation> get(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID keyId = Ids.inPath(id, "API key");
        return actors.current(projectId).chain(actor -> service.get(actor, keyId));
    }
}
