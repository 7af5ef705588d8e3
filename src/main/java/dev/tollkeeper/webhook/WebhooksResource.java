package dev.tollkeeper.webhook;

import java.util.List;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** A team's webhooks. */
@Path("api/webhooks")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Webhooks")
class WebhooksResource {
    private static final int CREATED = 201;

    private final WebhookService service;
    private final CurrentCaller caller;

    WebhooksResource(WebhookService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** Webhooks, oldest first. */
    @Schema(name = "WebhookList")
    record WebhookList(List<WebhookAnswer> webhooks, String nextCursor) {
        static WebhookList of(Page<Webhook> page) {
            return new WebhookList(page.items().stream().map(WebhookAnswer::of).toList(), page.nextCursor());
        }
    }

    @GET
    @Requires(Scope.SETTINGS_READ)
    @Operation(operationId = "listWebhooks", summary = "List webhooks", description = "For admins and their keys. The team is a "
            + "key's own, a user's only one, or the one that `team_id` names.")
    public Uni<WebhookList> list(@QueryParam("team_id") String teamId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return service.list(caller.get(), teamId, PageRequest.of(limit, cursor)).map(WebhookList::of);
    }

    @POST
    @Requires(Scope.SETTINGS_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new webhook, with its secret", content = @Content(mediaType = "application/json", schema = @Schema(implementation = IssuedWebhookAnswer.class)))
    @Operation(operationId = "createWebhook", summary = "Create a webhook", description = "For admins and their keys. Messages are "
            + "signed with `secret` (Standard Webhooks), which is shown this once. They go to public addresses only, unless the "
            + "operator allows others.")
    public Uni<IssuedWebhookAnswer> create(@QueryParam("team_id") String teamId, @NotNull @Valid WebhookBody body) {
        return service.create(caller.get(), teamId, body.terms()).map(IssuedWebhookAnswer::of);
    }
}
