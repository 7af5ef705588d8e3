package dev.tollkeeper.billing.usage;

import java.util.List;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Takes usage in, in this API's own form or as a batch of CloudEvents. */
@Path("api/usage/events")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Usage")
class UsageEventsResource {
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String SUMMARY = "Report usage";
    private static final String DESCRIPTION = "1 to 1000 events. Each (source, id) counts once, however often it is sent. Answered "
            + "after the commit, with what became of each event in the order sent.";

    private final UsageService usage;
    private final CurrentCaller caller;

    UsageEventsResource(UsageService usage, CurrentCaller caller) {
        this.usage = usage;
        this.caller = caller;
    }

    /** Events to record. */
    @Schema(name = "UsageEvents")
    record EventsBody(@NotNull List<@NotNull EventBody> events) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Scope.USAGE_WRITE)
    @Operation(operationId = "recordUsage", summary = SUMMARY, description = DESCRIPTION)
    public Uni<UsageReceipt> record(@QueryParam("project_id") String projectId, @NotNull @Valid EventsBody body) {
        return usage.record(caller.get(), projectId, body.events().stream().map(EventBody::input).toList());
    }

    @POST
    @Consumes(CLOUD_EVENTS)
    @Requires(Scope.USAGE_WRITE)
    @Operation(operationId = "recordUsage", summary = SUMMARY, description = DESCRIPTION)
    public Uni<UsageReceipt> recordCloudEvents(@QueryParam("project_id") String projectId,
            @NotNull List<@NotNull CloudEventBody> body) {
        return usage.record(caller.get(), projectId, body.stream().map(CloudEventBody::input).toList());
    }
}
