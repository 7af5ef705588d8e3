package dev.tollkeeper.billing.report;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DateParameters;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.time.BucketSize;
import dev.tollkeeper.time.DateRange;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** A team's bill: hosted.ai's team-billing calls. */
@Path("api/team-billing")
@Cancellable(false)
@Authenticated
@Tag(name = "Billing")
class BillingResource {
    private final ReportService reports;
    private final CurrentCaller caller;

    BillingResource(ReportService reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @GET
    @Path("summary/{team_id}/{start}/{end}")
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "getBillingSummary", summary = "What a range costs", description = "Totals of `[start, end)`, and by "
            + "project, key, model and meter. A date without a time is midnight at the start of that day.")
    public Uni<SummaryAnswer> summary(@PathParam("team_id") String teamId, @PathParam("start") String start,
            @PathParam("end") String end, @QueryParam("timezone") String timezone) {
        UUID team = Ids.inPath(teamId, "Team");
        DateRange range = DateParameters.range(start, end, DateParameters.zone(timezone));
        return reports.summary(caller.get(), team, range).map(read -> SummaryAnswer.of(team, range, read));
    }

    @GET
    @Path("{team_id}/{start}/{end}/{interval}")
    @Requires(Scope.BILLING_READ)
    @Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
    @Operation(operationId = "getBillingIntervals", summary = "What a range costs, interval by interval", description = "Rows that "
            + "tile `[start, end)`, empty ones included. `interval` is hourly, daily, weekly or monthly, on the calendar of `timezone`.")
    public Uni<IntervalsAnswer> intervals(@PathParam("team_id") String teamId, @PathParam("start") String start,
            @PathParam("end") String end, @PathParam("interval") String interval, @QueryParam("timezone") String timezone) {
        Tiling tiling = tiling(teamId, start, end, interval, timezone);
        return reports.grouped(caller.get(), tiling.teamId(), tiling.buckets(), Grouping.NONE)
                .map(read -> IntervalsAnswer.of(tiling, read));
    }

    @GET
    @Path("group-by-project/{team_id}/{start}/{end}/{interval}")
    @Requires(Scope.BILLING_READ)
    @Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
    @Operation(operationId = "getBillingIntervalsByProject", summary = "What a range costs, by project and interval", description = "As "
            + "the intervals, project by project.")
    public Uni<ProjectIntervalsAnswer> byProject(@PathParam("team_id") String teamId, @PathParam("start") String start,
            @PathParam("end") String end, @PathParam("interval") String interval, @QueryParam("timezone") String timezone) {
        Tiling tiling = tiling(teamId, start, end, interval, timezone);
        return reports.grouped(caller.get(), tiling.teamId(), tiling.buckets(), Grouping.PROJECT)
                .map(read -> ProjectIntervalsAnswer.of(tiling, read));
    }

    private static Tiling tiling(String teamId, String start, String end, String interval, String timezone) {
        UUID team = Ids.inPath(teamId, "Team");
        BucketSize size = BucketSize.ofInterval(interval).orElseThrow(
                () -> DomainError.invalidField("interval", "must be hourly, daily, weekly or monthly"));
        var zone = DateParameters.zone(timezone);
        return Tiling.of(team, DateParameters.range(start, end, zone), interval, size, zone);
    }
}
