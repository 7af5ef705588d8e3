package dev.tollkeeper.billing.reconciliation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.Dependent;

import dev.tollkeeper.admin.AdminTask;
import dev.tollkeeper.admin.Outcome;
import dev.tollkeeper.admin.Progress;
import dev.tollkeeper.money.Decimals;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks books at once, such as after a restore. */
@Command(name = "verify-ledger", description = {
        "Checks whether each team's books add up.",
        "Compares balances with their entries, grants with the balance, and the roll-ups of the months that are not closed with their "
                + "events. Changes nothing but the note of when that was. Exits with 3 where something differs."}, mixinStandardHelpOptions = true)
@Dependent
class VerifyLedgerTask implements AdminTask {
    @Option(names = "--team", paramLabel = "ID|NAME", description = "Of this team only.")
    private String team;

    private final BilledTeams teams;
    private final Reconciliation reconciliation;

    VerifyLedgerTask(BilledTeams teams, Reconciliation reconciliation) {
        this.teams = teams;
        this.reconciliation = reconciliation;
    }

    private record Checked(UUID team, Drift drift) {
        String words() {
            return "team %s: %d balances, grants by %s, %d rows of roll-ups by %s".formatted(team, drift.balances().size(),
                    Decimals.money(drift.grants()), drift.rollUps().rows(), Decimals.money(drift.rollUps().cost()));
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("team_id", team);
            json.put("balances", drift.balances().stream().map(balance -> Map.of("account", balance.account(), "stored",
                    Decimals.money(balance.stored()), "folded", Decimals.money(balance.folded()))).toList());
            json.put("grants", Decimals.money(drift.grants()));
            json.put("roll_up_rows", drift.rollUps().rows());
            json.put("roll_up_cost", Decimals.money(drift.rollUps().cost()));
            return json;
        }
    }

    @Override
    public Uni<Outcome> run(Progress progress) {
        return teams.find(team).invoke(found -> progress.begin("Teams", found.size()))
                .onItem().transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem().transformToUniAndConcatenate(one -> reconciliation.checkOpenMonths(one)
                        .map(drift -> new Checked(one, drift)).invoke(() -> progress.step()))
                .collect().asList()
                .map(VerifyLedgerTask::tell);
    }

    private static Outcome tell(List<Checked> checked) {
        List<Checked> drifted = checked.stream().filter(team -> !team.drift().isNone()).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("teams", checked.size());
        json.put("drifted", drifted.stream().map(Checked::json).toList());
        if (drifted.isEmpty()) {
            return Outcome.done("The books of " + checked.size() + " teams add up.", json);
        }
        return Outcome.refused(
                "The books of %d of %d teams do not add up:%n%s%nSee docs/operations/books.md.".formatted(drifted.size(),
                        checked.size(), drifted.stream().map(Checked::words).collect(Collectors.joining("\n"))),
                json);
    }
}
