package dev.tollkeeper.audit;

import java.util.List;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Tells an admin who did what in the team, and whether the log is as it was written. */
@Path("api/audit")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Audit")
class AuditResource {
    private final AuditService log;
    private final CurrentCaller caller;

    AuditResource(AuditService log, CurrentCaller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** A page of the log. */
    @Schema(name = "AuditLog")
    record LogAnswer(List<AuditEntry> entries, String nextCursor) {
    }

    @GET
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "listAuditEntries", summary = "List audit entries", description = "Every change made here and "
            + "every refused management call of a team, the newest first. Admins only. The team is a key's own, a user's only "
            + "one, or the one that `team_id` names; for the operator, `installation` names the log of what concerns no team. "
            + "`actor` is an id or a name; `action` is exact, or a prefix where it ends with `.` or `*`; `target` is an id or "
            + "`type:id`; `from` and `until` are dates or times, half-open.")
    public Uni<LogAnswer> list(@QueryParam("team_id") String teamId, @QueryParam("actor") String actor,
            @QueryParam("action") String action, @QueryParam("target") String target, @QueryParam("from") String from,
            @QueryParam("until") String until, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        var filter = AuditFilter.parse(actor, action, target, from, until);
        return log.list(caller.get(), teamId, filter, PageRequest.of(limit, cursor))
                .map(page -> new LogAnswer(page.items(), page.nextCursor()));
    }

    @GET
    @Path("verify")
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "verifyAuditChain", summary = "Verify the audit log", description = "Walks a team's chain of "
            + "entries and names the first link that is not as it was written: changed, removed, or added past the service.")
    public Uni<ChainVerdict> verify(@QueryParam("team_id") String teamId) {
        return log.verify(caller.get(), teamId);
    }
}
