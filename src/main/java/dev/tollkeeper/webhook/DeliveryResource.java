package dev.tollkeeper.webhook;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What a webhook was told. */
@Path("api/webhooks/{id}/deliveries")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Webhooks")
class DeliveryResource {
    private final DeliveryService service;
    private final CurrentCaller caller;

    DeliveryResource(DeliveryService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** A page of the log. */
    @Schema(name = "WebhookDeliveries")
    record DeliveryList(List<DeliveryAnswer> deliveries, String nextCursor) {
        static DeliveryList of(Page<Delivery> page) {
            return new DeliveryList(page.items().stream().map(DeliveryAnswer::of).toList(), page.nextCursor());
        }
    }

    @GET
    @Requires(Scope.SETTINGS_READ)
    @Operation(operationId = "listWebhookDeliveries", summary = "List what a webhook was told", description = "For admins and "
            + "their keys. Newest first.")
    public Uni<DeliveryList> list(@PathParam("id") String id, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        UUID webhook = Ids.inPath(id, "Webhook");
        return service.list(caller.get(), webhook, PageRequest.of(limit, cursor)).map(DeliveryList::of);
    }
}
