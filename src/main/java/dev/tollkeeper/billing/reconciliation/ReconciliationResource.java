package dev.tollkeeper.billing.reconciliation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.billing.BilledTeam;
import dev.tollkeeper.billing.TeamAccess;
import dev.tollkeeper.billing.usage.UsagePartitions;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DateParameters;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.ZoneIds;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Checks a team's books at once. */
@Path("api/team-billing/{team_id}/reconciliation")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class ReconciliationResource {
    private final Reconciliation reconciliation;
    private final UsagePartitions partitions;
    private final TeamAccess teams;
    private final CurrentCaller caller;

    ReconciliationResource(Reconciliation reconciliation, UsagePartitions partitions, TeamAccess teams, CurrentCaller caller) {
        this.reconciliation = reconciliation;
        this.partitions = partitions;
        this.teams = teams;
        this.caller = caller;
    }

    /**
     * What to check.
     *
     * @param rebuild whether the month's roll-up is built anew from its events; not where it is left out
     */
    @Schema(name = "ReconciliationRequest")
    record ReconciliationBody(@NotNull @Schema(pattern = "[0-9]{4}-[0-9]{2}") String month, Boolean rebuild) {
    }

    /** What was found: empty lists and zeros where everything adds up. */
    @Schema(name = "Reconciliation")
    record Answer(UUID teamId, String month, boolean rebuilt, List<BalanceAnswer> balances, String grants,
            RollUpsAnswer rollUps) {
        static Answer of(UUID team, BillingPeriod month, boolean rebuilt, Drift drift) {
            return new Answer(team, month.month().toString(), rebuilt,
                    drift.balances().stream().map(BalanceAnswer::of).toList(),
                    Decimals.money(drift.grants()),
                    new RollUpsAnswer(drift.rollUps().rows(), Decimals.money(drift.rollUps().cost())));
        }
    }

    /** An account whose stored balance is not the sum of its entries. */
    @Schema(name = "DriftedBalance")
    record BalanceAnswer(String account, String stored, String folded) {
        static BalanceAnswer of(Drift.Balance balance) {
            return new BalanceAnswer(balance.account(), Decimals.money(balance.stored()), Decimals.money(balance.folded()));
        }
    }

    /** How many rows of the roll-up are not the sum of their events, and by how much their costs differ. */
    @Schema(name = "DriftedRollUps")
    record RollUpsAnswer(long rows, String cost) {
    }

    @POST
    @Requires(value = Scope.BILLING_WRITE, operator = true)
    @Operation(operationId = "reconcileTeam", summary = "Check whether a team's books add up", description = "Operator only. The "
            + "whole ledger, and a month's (UTC) roll-up against its events; with `rebuild` the roll-up is built anew from them.")
    public Uni<Answer> reconcile(@PathParam("team_id") String teamId, @NotNull @Valid ReconciliationBody body) {
        BillingPeriod month = DateParameters.month(body.month());
        boolean rebuild = Optional.ofNullable(body.rebuild()).orElse(false);
        return teams.inPath(caller.get(), teamId).chain(team -> reconcile(team, month, rebuild));
    }

    private Uni<Answer> reconcile(BilledTeam team, BillingPeriod month, boolean rebuild) {
        var range = month.range(ZoneIds.UTC);
        return partitions.isAttached(month.month())
                .invoke(attached -> {
                    if (!attached) {
                        throw DomainError.of(ErrorCode.STATE_CONFLICT, "The events of " + month.month()
                                + " are not in the database (any more), so that nothing can be compared with them.");
                    }
                })
                .chain(() -> rebuild ? reconciliation.rebuild(team.id(), range) : Uni.createFrom().voidItem())
                .chain(() -> reconciliation.check(team.id(), range))
                .call(() -> reconciliation.checkOpenMonths(team.id()))
                .map(drift -> Answer.of(team.id(), month, rebuild, drift));
    }
}
