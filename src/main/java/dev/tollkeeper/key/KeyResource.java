package dev.tollkeeper.key;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** One key. */
@Path("api/manage/api-keys/{id}")
@Authenticated
@Singleton
@Tag(name = "Keys")
class KeyResource {
    private final KeyService service;
    private final KeyIssueService issue;
    private final KeyActors actors;

    KeyResource(KeyService service, KeyIssueService issue, KeyActors actors) {
        this.service = service;
        this.issue = issue;
        this.actors = actors;
    }

    @GET
    @Requires(Scope.KEYS_READ)
    @Operation(operationId = "getKey", summary = "Read a key")
    public Uni<KeyAnswer> get(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID keyId = id(id);
        return actors.current(projectId)
                .chain(actor -> service.get(actor, keyId))
                .map(KeyAnswer::of);
    }

    @PUT
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "updateKey", summary = "Edit a key", description = "A field left out stays as it is, null clears it. "
            + "The secret stays. In force with the key's next request.")
    public Uni<KeyAnswer> update(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @NotNull UpdateKeyBody body) {
        UUID keyId = id(id);
        KeyEdit edit = body.read();
        return actors.current(projectId)
                .chain(actor -> service.update(actor, keyId, edit))
                .map(KeyAnswer::of);
    }

    @DELETE
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "deleteKey", summary = "Delete a key", description = "For good. A key cannot delete itself.")
    public Uni<DeletedKeyAnswer> delete(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID keyId = id(id);
        return actors.current(projectId)
                .chain(actor -> service.delete(actor, keyId))
                .map(DeletedKeyAnswer::of);
    }

    @POST
    @Path("rotate")
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "rotateKey", summary = "Give a key a new secret", description = "The id, settings and usage stay. The "
            + "old secret works for the overlap; one that is older still works no more.")
    public Uni<RestResponse<IssuedKeyAnswer>> rotate(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @Parameter(description = "Makes the call safe to repeat for 24 hours") @HeaderParam("Idempotency-Key") String idempotencyKey,
            RotateKeyBody body) {
        UUID keyId = id(id);
        Duration overlap = body == null ? Duration.ZERO : body.overlap();
        return actors.current(projectId)
                .chain(actor -> issue.rotate(actor, keyId, overlap, once(idempotencyKey, actor, keyId, overlap)))
                .map(IssuedKeyAnswer::rotated);
    }

    private static IdempotencyKey once(String header, KeyActor actor, UUID keyId, Duration overlap) {
        return new IdempotencyKey(header, actor.teamId(), actor.callerId(), "POST /api/manage/api-keys/" + keyId + "/rotate",
                overlap.toSeconds());
    }

    @POST
    @Path("revoke")
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "revokeKey", summary = "Revoke a key", description = "For good: the key stays listed, and is refused "
            + "as revoked. A key cannot revoke itself.")
    public Uni<KeyAnswer> revoke(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID keyId = id(id);
        return actors.current(projectId)
                .chain(actor -> service.revoke(actor, keyId))
                .map(KeyAnswer::of);
    }

    @DELETE
    @Path("previous-secret")
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "endPreviousSecret", summary = "End an overlap early", description = "The secret from before the last "
            + "rotation works no more.")
    public Uni<KeyAnswer> endPreviousSecret(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID keyId = id(id);
        return actors.current(projectId)
                .chain(actor -> issue.endPreviousSecret(actor, keyId))
                .map(KeyAnswer::of);
    }

    private static UUID id(String text) {
        return Ids.inPath(text, "API key");
    }
}
