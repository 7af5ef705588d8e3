package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.billing.BilledTeam;
import dev.tollkeeper.billing.TeamAccess;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.money.Decimals;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What the caller's team has left, as Cortecs clients read it. */
@Path("api/manage/users/balance")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class BalanceResource {
    private final LedgerService ledger;
    private final TeamAccess teams;
    private final CurrentCaller caller;

    BalanceResource(LedgerService ledger, TeamAccess teams, CurrentCaller caller) {
        this.ledger = ledger;
        this.teams = teams;
        this.caller = caller;
    }

    /**
     * A balance.
     *
     * @param currentBalance what is posted, as the JSON number that Cortecs clients expect; written exactly
     * @param posted what was booked; below zero, what the team owes
     * @param pending what reservations hold
     * @param available what can still be spent: posted, with the credit limit where there is one, less pending
     */
    @Schema(name = "Balance")
    record BalanceAnswer(BigDecimal currentBalance, String currency, String posted, String pending, String available) {
        static BalanceAnswer of(BilledTeam team, Standing standing) {
            return new BalanceAnswer(Decimals.canonical(standing.posted()), team.currency(), Decimals.money(standing.posted()),
                    Decimals.money(standing.pending()), Decimals.money(standing.available()));
        }
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "getBalance", summary = "Read the balance", description = "The balance of the caller's team. A user "
            + "of several teams names one by `project_id`. `available` is what can still be spent: `posted`, with the credit limit of "
            + "a team that has one, less what reservations hold.")
    public Uni<BalanceAnswer> balance(@QueryParam("project_id") String projectId) {
        return teams.ofCall(caller.get(), projectId)
                .chain(team -> ledger.standing(team).map(standing -> BalanceAnswer.of(team, standing)));
    }
}
