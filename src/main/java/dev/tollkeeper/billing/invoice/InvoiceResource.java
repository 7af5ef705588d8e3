package dev.tollkeeper.billing.invoice;

import java.time.YearMonth;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.billing.TeamAccess;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DateParameters;
import dev.tollkeeper.http.csv.CsvTable;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What a month costs a team. */
@Path("api/team-billing/{team_id}/invoices")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class InvoiceResource {
    private final InvoiceService invoices;
    private final TeamAccess teams;
    private final CurrentCaller caller;

    InvoiceResource(InvoiceService invoices, TeamAccess teams, CurrentCaller caller) {
        this.invoices = invoices;
        this.teams = teams;
        this.caller = caller;
    }

    @GET
    @Path("preview")
    @Requires(Scope.BILLING_READ)
    @Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
    @Operation(operationId = "previewInvoice", summary = "Preview a month's invoice", description = "The month in UTC, this month "
            + "where none is named. Lines are rounded so that they sum to the total. Some time after its end a month is closed and never "
            + "changes again; events that come later are lines of the month in which they come, and name the month that they adjust.")
    public Uni<InvoiceAnswer> preview(@PathParam("team_id") String teamId, @QueryParam("month") String month) {
        YearMonth asked = month == null ? invoices.currentMonth() : DateParameters.month(month).month();
        return teams.inPath(caller.get(), teamId)
                .chain(team -> invoices.of(team, asked).map(invoice -> InvoiceAnswer.of(team.id(), invoice)));
    }
}
