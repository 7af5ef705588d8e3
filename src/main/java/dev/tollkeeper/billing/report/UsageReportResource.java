package dev.tollkeeper.billing.report;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Caller;
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

/** Aggregated usage, as the Cortecs API reports it. */
@Path("api/usage")
@Cancellable(false)
@Authenticated
@Tag(name = "Usage")
class UsageReportResource {
    private final ReportService reports;
    private final CurrentCaller caller;
    private final Clock clock;

    UsageReportResource(ReportService reports, CurrentCaller caller, Clock clock) {
        this.reports = reports;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
    @Operation(operationId = "getUsage", summary = "Report usage", description = "Usage of `[from, until)`: since midnight UTC "
            + "until now where they are not given. `bucket` is 1h, 6h, 1d, 1w, 1M or 1Y; `group_by` none, user, user_key, model, provider, "
            + "project or meter. `key_id` asks for the usage of one key. Without a grouping the rows tile the range; with one, groups without usage are left out.")
    public Uni<UsageReport> usage(@QueryParam("from") String from, @QueryParam("until") String until,
            @QueryParam("bucket") @DefaultValue("1d") String bucket,
            @QueryParam("group_by") @DefaultValue("none") String groupBy,
            @QueryParam("timezone") String timezone, @QueryParam("team_id") String teamId,
            @QueryParam("key_id") String keyId) {
        Grouping grouping = Grouping.of(groupBy).orElseThrow(() -> DomainError.invalidField("group_by",
                "must be none, user, user_key, model, provider, project or meter"));
        BucketSize size = BucketSize.ofBucket(bucket)
                .orElseThrow(() -> DomainError.invalidField("bucket", "must be 1h, 6h, 1d, 1w, 1M or 1Y"));
        ZoneId zone = DateParameters.zone(timezone);
        DateRange range = range(from, until, zone);
        Caller who = caller.get();
        UUID team = who.requireTeam(teamId);
        Tiling tiling = Tiling.of(team, range, bucket, size, zone);
        UUID key = keyId == null ? null : Ids.inField(keyId, "key_id");
        return reports.ofKey(who, team, tiling.buckets(), grouping, key)
                .map(read -> UsageReport.of(tiling, grouping, read));
    }

    private DateRange range(String from, String until, ZoneId zone) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return DateParameters.range(from == null ? now.truncatedTo(ChronoUnit.DAYS).toString() : from,
                until == null ? now.toString() : until, zone);
    }
}
