package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.billing.TeamAccess;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.StorableText;
import dev.tollkeeper.http.TimeText;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;
import dev.tollkeeper.money.Decimals;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Credit that teams are given: grants and top-ups. */
@Path("api/team-billing/{team_id}/credits")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class CreditResource {
    private static final int CREATED = 201;
    private static final int DEFAULT_PRIORITY = 100;
    private static final int LOWEST_PRIORITY = 1000;
    private static final DecimalRule AMOUNT = DecimalRule.AMOUNT.notNegative();

    private final CreditService credits;
    private final TeamAccess teams;
    private final CurrentCaller caller;

    CreditResource(CreditService credits, TeamAccess teams, CurrentCaller caller) {
        this.credits = credits;
        this.teams = teams;
        this.caller = caller;
    }

    /**
     * Credit to give.
     *
     * @param expiresAt when what is left of it expires, null for never
     * @param priority lower burns first; 100 where it is not given
     */
    @Schema(name = "CreditRequest")
    record CreditBody(
            @NotNull DecimalText amount,
            @Size(max = 500) String reason,
            @Schema(format = "date-time") String expiresAt,
            @Min(0) @Max(LOWEST_PRIORITY) Integer priority) {
        NewCredit credit() {
            BigDecimal value = amount.read(AMOUNT, "amount");
            if (value.signum() == 0) {
                throw DomainError.invalidField("amount", "must be greater than 0");
            }
            return new NewCredit(value, reason == null ? "" : StorableText.inField(reason, "reason"),
                    expiresAt == null ? null : TimeText.inField(expiresAt, "expires_at"),
                    priority == null ? DEFAULT_PRIORITY : priority);
        }
    }

    /** Credit that was given: amount = consumed + expired + voided + remaining. */
    @Schema(name = "Credit")
    record CreditAnswer(UUID id, String amount, String remaining, String consumed, String expired, String voided,
            String currency, String reason, Instant expiresAt, int priority, Instant createdAt) {
        static CreditAnswer of(CreditGrant grant) {
            return new CreditAnswer(grant.id(), Decimals.money(grant.amount()), Decimals.money(grant.remaining()),
                    Decimals.money(grant.consumed()), Decimals.money(grant.expired()), Decimals.money(grant.voided()),
                    grant.currency(), grant.reason(), grant.expiresAt(), grant.priority(), grant.createdAt());
        }
    }

    /** A page of a team's credit. */
    @Schema(name = "Credits")
    record CreditList(List<CreditAnswer> credits, String nextCursor) {
    }

    @POST
    @Requires(Scope.BILLING_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The credit that was given")
    @Operation(operationId = "grantCredit", summary = "Give a team credit", description = "For the operator; for admins and keys "
            + "with `billing:write` where the operator allows it. Credit first covers what the team owes; `remaining` is the rest.")
    public Uni<CreditAnswer> grant(@PathParam("team_id") String teamId, @HeaderParam("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid CreditBody body) {
        Caller granting = caller.get();
        return teams.inPath(granting, teamId)
                .chain(team -> credits.grant(granting, team, idempotencyKey, body.credit()))
                .map(CreditAnswer::of);
    }

    @DELETE
    @Path("{id}")
    @Requires(value = Scope.BILLING_WRITE, operator = true)
    @APIResponse(responseCode = "204", description = "What was left is taken back")
    @Operation(operationId = "takeBackCredit", summary = "Take credit back", description = "Operator only. Takes back what is left; "
            + "what was used of it stays used. Again changes nothing. 409 `state_conflict` where nothing is left.")
    public Uni<Void> takeBack(@PathParam("team_id") String teamId, @PathParam("id") String id) {
        return teams.inPath(caller.get(), teamId)
                .chain(team -> credits.takeBack(team, Ids.inPath(id, "Credit")));
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "listCredits", summary = "List a team's credit", description = "Newest first.")
    public Uni<CreditList> list(@PathParam("team_id") String teamId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        return teams.inPath(caller.get(), teamId)
                .chain(team -> credits.list(team, page))
                .map(grants -> grants.map(CreditAnswer::of))
                .map((Page<CreditAnswer> found) -> new CreditList(found.items(), found.nextCursor()));
    }
}
