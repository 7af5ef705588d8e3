package dev.tollkeeper.key;

import java.util.List;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The keys of a project: listed, made, and deleted by name. */
@Path("api/manage/api-keys")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Keys")
class KeysResource {
    private final KeyService service;
    private final KeyIssueService issue;
    private final KeyActors actors;

    KeysResource(KeyService service, KeyIssueService issue, KeyActors actors) {
        this.service = service;
        this.issue = issue;
        this.actors = actors;
    }

    /** A page of keys. */
    @Schema(name = "KeyList")
    record KeyListAnswer(List<KeyAnswer> apiKeys, String nextCursor) {
        static KeyListAnswer of(Page<KeyDetails> page) {
            return new KeyListAnswer(page.items().stream().map(KeyAnswer::of).toList(), page.nextCursor());
        }
    }

    /** Which key to delete. */
    @Schema(name = "DeleteKey", requiredProperties = "name")
    record DeleteKeyBody(@NotNull @Schema(examples = "my-old-key") String name) {
    }

    @GET
    @Requires(Scope.KEYS_READ)
    @Operation(operationId = "listKeys", summary = "List keys", description = "The project's keys in the order they were made, "
            + "revoked ones included. A member sees their own.")
    public Uni<KeyListAnswer> list(@QueryParam("project_id") String projectId,
            @Parameter(description = "Exactly this name") @QueryParam("name") String name,
            @Parameter(description = "Names that hold this, in large or small letters") @QueryParam("search") String search,
            @Parameter(schema = @Schema(type = SchemaType.STRING, enumeration = {
                    "active", "disabled", "expired", "revoked"})) @QueryParam("status") String status,
            @Parameter(description = "Keys that expire before this time") @QueryParam("expires_before") String expiresBefore,
            @Parameter(description = "Keys not used since this time, or never") @QueryParam("unused_since") String unusedSince,
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        KeyFilter filter = KeyFilter.of(name, search, status, expiresBefore, unusedSince);
        PageRequest page = PageRequest.of(limit, cursor);
        return actors.current(projectId)
                .chain(actor -> service.list(actor, filter, page))
                .map(KeyListAnswer::of);
    }

    @POST
    @Requires(Scope.KEYS_WRITE)
    @APIResponse(responseCode = "201", description = "The key with its secret, `api_key`, which is shown this once", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = IssuedKeyAnswer.class)))
    @Operation(operationId = "createKey", summary = "Create a key", description = "Names are unique among the project's live "
            + "keys. No key can be given more than its maker has.")
    public Uni<RestResponse<IssuedKeyAnswer>> create(@QueryParam("project_id") String projectId,
            @Parameter(description = "Makes the call safe to repeat for 24 hours") @HeaderParam("Idempotency-Key") String idempotencyKey,
            @NotNull CreateKeyBody body) {
        NewKey wanted = body.read();
        return actors.current(projectId)
                .chain(actor -> issue.create(actor, wanted, once(idempotencyKey, actor, body)))
                .map(IssuedKeyAnswer::created);
    }

    private static IdempotencyKey once(String header, KeyActor actor, CreateKeyBody body) {
        return new IdempotencyKey(header, actor.teamId(), actor.callerId(),
                "POST /api/manage/api-keys of project " + actor.projectId(), body);
    }

    @DELETE
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "deleteKeyByName", summary = "Delete a key by name", description = "Deletes the live key of the name, "
            + "or else the newest revoked one. A key cannot delete itself.")
    public Uni<DeletedKeyAnswer> delete(@QueryParam("project_id") String projectId, @NotNull @Valid DeleteKeyBody body) {
        String name = KeyFields.name(body.name());
        return actors.current(projectId)
                .chain(actor -> service.deleteNamed(actor, name))
                .map(DeletedKeyAnswer::of);
    }
}
