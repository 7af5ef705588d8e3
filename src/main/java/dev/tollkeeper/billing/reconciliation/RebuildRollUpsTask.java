package dev.tollkeeper.billing.reconciliation;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.Dependent;

import dev.tollkeeper.admin.AdminTask;
import dev.tollkeeper.admin.Outcome;
import dev.tollkeeper.admin.Progress;
import dev.tollkeeper.billing.usage.UsagePartitions;
import dev.tollkeeper.http.DateParameters;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.ZoneIds;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds a month's roll-ups anew from its events, team by team. */
@Command(name = "rebuild-rollups", description = {
        "Builds a month's hourly roll-ups anew from its events.",
        "A day of a team is one transaction; its usage waits meanwhile. Refuses a month whose events are no longer in the database: its roll-up is all that is left of them."}, mixinStandardHelpOptions = true)
@Dependent
class RebuildRollUpsTask implements AdminTask {
    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "Which month (UTC).")
    private String month;

    @Option(names = "--team", paramLabel = "ID|NAME", description = "Of this team only.")
    private String team;

    private final BilledTeams teams;
    private final Reconciliation reconciliation;
    private final UsagePartitions partitions;

    RebuildRollUpsTask(BilledTeams teams, Reconciliation reconciliation, UsagePartitions partitions) {
        this.teams = teams;
        this.reconciliation = reconciliation;
        this.partitions = partitions;
    }

    @Override
    public Uni<Outcome> run(Progress progress) {
        BillingPeriod period = DateParameters.month(month);
        return partitions.isAttached(period.month()).chain(attached -> attached
                ? rebuild(period, progress)
                : Uni.createFrom()
                        .item(Outcome.refused("The events of " + period.month() + " are not in the database (any more). "
                                + "Its roll-ups would be lost: nothing was changed.", Map.of("month", month, "rebuilt", 0))));
    }

    private Uni<Outcome> rebuild(BillingPeriod period, Progress progress) {
        var range = period.range(ZoneIds.UTC);
        return teams.find(team).invoke(found -> progress.begin("Teams", found.size()))
                .onItem().transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem().transformToUniAndConcatenate(one -> reconciliation.rebuild(one, range).replaceWith(one)
                        .call(() -> reconciliation.checkOpenMonths(one)).invoke(() -> progress.step()))
                .collect().asList()
                .map(this::tell);
    }

    private Outcome tell(List<UUID> rebuilt) {
        return Outcome.done("The roll-ups of %d teams in %s were built anew.".formatted(rebuilt.size(), month),
                Map.of("month", month, "rebuilt", rebuilt.size()));
    }
}
