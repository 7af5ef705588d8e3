package dev.tollkeeper.webhook;

import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Deleted;
import dev.tollkeeper.http.Ids;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** One webhook. */
@Path("api/webhooks/{id}")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Webhooks")
class WebhookResource {
    private final WebhookService service;
    private final DeliveryService deliveries;
    private final CurrentCaller caller;

    WebhookResource(WebhookService service, DeliveryService deliveries, CurrentCaller caller) {
        this.service = service;
        this.deliveries = deliveries;
        this.caller = caller;
    }

    @GET
    @Requires(Scope.SETTINGS_READ)
    @Operation(operationId = "getWebhook", summary = "Get a webhook", description = "For admins and their keys.")
    public Uni<WebhookAnswer> get(@PathParam("id") String id) {
        return service.get(caller.get(), id(id)).map(WebhookAnswer::of);
    }

    @PUT
    @Requires(Scope.SETTINGS_WRITE)
    @Operation(operationId = "updateWebhook", summary = "Change a webhook", description = "For admins and their keys. The secret "
            + "stays. While it is disabled it is told of nothing, later neither; what was still to be delivered is given up.")
    public Uni<WebhookAnswer> update(@PathParam("id") String id, @NotNull @Valid WebhookChangeBody body) {
        return service.update(caller.get(), id(id), body.change()).map(WebhookAnswer::of);
    }

    @DELETE
    @Requires(Scope.SETTINGS_WRITE)
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook", description = "For admins and their keys. Its log of "
            + "deliveries goes with it.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        UUID webhook = id(id);
        return service.delete(caller.get(), webhook).replaceWith(Deleted.of(webhook));
    }

    @POST
    @Path("test")
    @Requires(Scope.SETTINGS_WRITE)
    @Operation(operationId = "testWebhook", summary = "Try a webhook out", description = "For admins and their keys. Sends one "
            + "message of type `webhook.test` now, signed as all are, also while the webhook is disabled, and answers what came of "
            + "it: `status` is `delivered` or `failed`. It is not repeated.")
    public Uni<DeliveryAnswer> test(@PathParam("id") String id) {
        return deliveries.tryOut(caller.get(), id(id)).map(DeliveryAnswer::of);
    }

    private static UUID id(String text) {
        return Ids.inPath(text, "Webhook");
    }
}
