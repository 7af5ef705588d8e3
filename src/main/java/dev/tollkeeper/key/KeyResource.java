package dev.tollkeeper.key;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** One key. */
@Path("api/manage/api-keys/{id}")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Keys")
class KeyResource {
    private final KeyService service;
    private final KeyIssueService issue;
    private final KeyActors actors;
    private final ObjectReader rotations;

    KeyResource(KeyService service, KeyIssueService issue, KeyActors actors, ObjectMapper json) {
        this.service = service;
        this.issue = issue;
        this.actors = actors;
        this.rotations = json.readerFor(RotateKeyBody.class);
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
    @Consumes(MediaType.WILDCARD)
    @RequestBody(required = false, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RotateKeyBody.class)))
    public Uni<RestResponse<IssuedKeyAnswer>> rotate(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @Parameter(description = "Makes the call safe to repeat for 24 hours") @HeaderParam("Idempotency-Key") String idempotencyKey,
            String body) throws JsonProcessingException {
        UUID keyId = id(id);
        // Read here, because clients send all kinds of Content-Type with a body that is empty.
        Duration overlap = body == null || body.isBlank() ? Duration.ZERO : overlap(body);
        return actors.current(projectId)
                .chain(actor -> issue.rotate(actor, keyId, overlap, once(idempotencyKey, actor, keyId, overlap)))
                .map(IssuedKeyAnswer::rotated);
    }

    private Duration overlap(String body) throws JsonProcessingException {
        RotateKeyBody read = rotations.readValue(body);
        if (read == null) {
            throw DomainError.invalidRequest("The body must be a JSON object with this call's fields, or empty.");
        }
        return read.overlap();
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
