package dev.tollkeeper.team;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Deleted;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.Sent;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Teams. */
@Path("api/teams")
@Cancellable(false)
@Authenticated
@Tag(name = "Teams")
class TeamResource {
    private static final int CREATED = 201;
    private static final String MODES = "prepaid|postpaid";
    private static final String MODES_MESSAGE = "must be prepaid or postpaid";

    private final TeamService service;
    private final CurrentCaller caller;

    TeamResource(TeamService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /**
     * A team as the API tells it.
     *
     * @param creditLimit how far below zero the balance of a postpaid team may go, null for any distance
     */
    @Schema(name = "Team")
    record TeamAnswer(UUID id, String name, String currency, @Schema(enumeration = {
            "active", "suspended"}) String status,
            @Schema(enumeration = {
                    "prepaid", "postpaid"}) String billingMode,
            String creditLimit, Instant createdAt){
        static TeamAnswer of(Team team) {
            return new TeamAnswer(team.id(), team.name(), team.currency(), team.status().word(), team.billingMode().word(),
                    team.creditLimit().text(), team.createdAt());
        }
    }

    /** Teams, oldest first. */
    @Schema(name = "TeamList")
    record TeamList(List<TeamAnswer> teams, String nextCursor) {
        static TeamList of(Page<Team> page) {
            return new TeamList(page.items().stream().map(TeamAnswer::of).toList(), page.nextCursor());
        }
    }

    /** A team to be made. */
    @Schema(name = "NewTeam")
    record NewTeamBody(
            @NotNull @Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String name,
            @NotNull String currency,
            @Pattern(regexp = MODES, message = MODES_MESSAGE) String billingMode,
            DecimalText creditLimit) {
        BillingMode mode() {
            return billingMode == null ? BillingMode.POSTPAID : BillingMode.of(billingMode);
        }
    }

    /** What is to change of a team; what is left out stays. A credit limit of null is none. */
    @Schema(name = "TeamChange")
    record TeamChangeBody(
            Optional<@Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String> name,
            Optional<String> currency,
            Optional<@Pattern(regexp = MODES, message = MODES_MESSAGE) String> billingMode,
            Optional<DecimalText> creditLimit) {
        TeamService.TeamChange change() {
            return new TeamService.TeamChange(Sent.value(name, "name"), Sent.value(currency, "currency"),
                    Sent.value(billingMode, "billing_mode").map(BillingMode::of), limit());
        }

        private Optional<CreditLimit> limit() {
            return creditLimit == null ? Optional.empty() : Optional.of(CreditLimit.read(creditLimit.orElse(null)));
        }
    }

    @GET
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "listTeams", summary = "List teams", description = "The caller's teams; the operator's token: all.")
    public Uni<TeamList> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return service.list(caller.get(), PageRequest.of(limit, cursor)).map(TeamList::of);
    }

    @POST
    @Requires(value = Scope.USERS_WRITE, operator = true)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new team", content = @Content(mediaType = "application/json", schema = @Schema(implementation = TeamAnswer.class)))
    @Operation(operationId = "createTeam", summary = "Create a team", description = "Operator only. The team has no users yet: "
            + "add them with POST /api/users. A postpaid team may have a `credit_limit`: its keys are refused once it owes as much.")
    public Uni<TeamAnswer> create(@NotNull @Valid NewTeamBody body) {
        return service.create(caller.get(), body.name(), body.currency(), body.mode(), CreditLimit.read(body.creditLimit()))
                .map(TeamAnswer::of);
    }

    @GET
    @Path("{id}")
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "getTeam", summary = "Get a team")
    public Uni<TeamAnswer> get(@PathParam("id") String id) {
        return service.get(caller.get(), Ids.inPath(id, "Team")).map(TeamAnswer::of);
    }

    @PUT
    @Path("{id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "updateTeam", summary = "Change a team", description = "An admin changes the name; only the operator "
            + "changes the billing mode, the credit limit (null for none; not of a prepaid team), and the currency while nothing "
            + "was counted or paid in it.")
    public Uni<TeamAnswer> update(@PathParam("id") String id, @NotNull @Valid TeamChangeBody body) {
        return service.update(caller.get(), Ids.inPath(id, "Team"), body.change()).map(TeamAnswer::of);
    }

    @DELETE
    @Path("{id}")
    @Requires(value = Scope.USERS_WRITE, operator = true)
    @Operation(operationId = "deleteTeam", summary = "Delete a team", description = "Operator only. Its keys stop at once; its "
            + "usage and bills are kept.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        UUID team = Ids.inPath(id, "Team");
        return service.delete(caller.get(), team).replaceWith(Deleted.of(team));
    }

    @POST
    @Path("{id}/suspend")
    @Requires(value = Scope.USERS_WRITE, operator = true)
    @Operation(operationId = "suspendTeam", summary = "Suspend a team", description = "Operator only. Its keys stop at once, "
            + "everywhere; its users can still sign in and read. Suspending it again changes nothing.")
    public Uni<TeamAnswer> suspend(@PathParam("id") String id) {
        return service.suspend(caller.get(), Ids.inPath(id, "Team")).map(TeamAnswer::of);
    }

    @POST
    @Path("{id}/unsuspend")
    @Requires(value = Scope.USERS_WRITE, operator = true)
    @Operation(operationId = "unsuspendTeam", summary = "End a team's suspension", description = "Operator only. Its keys work "
            + "again at once.")
    public Uni<TeamAnswer> unsuspend(@PathParam("id") String id) {
        return service.unsuspend(caller.get(), Ids.inPath(id, "Team")).map(TeamAnswer::of);
    }
}
