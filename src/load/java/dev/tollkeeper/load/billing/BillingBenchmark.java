package dev.tollkeeper.load.billing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.tollkeeper.load.benchmark.Machine;
import dev.tollkeeper.load.benchmark.Rounds;
import dev.tollkeeper.load.benchmark.WarmUp;
import dev.tollkeeper.load.benchmark.Wrk;
import dev.tollkeeper.load.stage.Stage;
import dev.tollkeeper.testsupport.BilledTeams;
import dev.tollkeeper.testsupport.PackagedService;

/**
 * Lets pgbench and Tollkeeper in turn have the same PostgreSQL store events and book debits, and prints a table of ratios, also
 * into {@code target/benchmark/billing.md}. Needs wrk, and pgbench of the package postgresql-15 or later. PostgreSQL's
 * {@code fsync} is on.
 */
public final class BillingBenchmark {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds");
    private static final int SECONDS = Integer.getInteger("benchmark.seconds");
    private static final int WARM_UP_SECONDS = Integer.getInteger("benchmark.warm-up-seconds", 80);
    private static final int TEAMS = 10_000;

    private final List<String> report = new ArrayList<>();

    private BillingBenchmark() {
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        var benchmark = new BillingBenchmark();
        benchmark.say(Machine.description());
        benchmark.run();
        Files.write(DIRECTORY.resolve("billing.md"), benchmark.report);
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }

    private void run() throws Exception {
        try (Stage stage = Stage.empty(DIRECTORY, "billing"); PackagedService tollkeeper = stage.tollkeeper(Map.of())) {
            tollkeeper.awaitReady();
            List<BilledTeams.Team> teams = fill(stage.jdbcUrl());
            var pgbench = new Pgbench(DIRECTORY, stage.databasePort());
            var wrk = new Wrk(DIRECTORY, 64);
            Path batches = Files.writeString(DIRECTORY.resolve("batches.lua"), Scripts.requests(teams, Scripts.EVENTS));
            Path singles = Files.writeString(DIRECTORY.resolve("singles.lua"), Scripts.requests(teams, 1));
            Path hot = Files.writeString(DIRECTORY.resolve("hot.lua"), Scripts.requests(teams.subList(0, 1), 1));
            String storing = Scripts.storing(TEAMS, Scripts.EVENTS);
            say("%n%,d teams; medians of %d rounds of %d s in turn%n".formatted(TEAMS, ROUNDS, SECONDS));
            say("| a second | pgbench, the same statement | Tollkeeper over HTTP | ratio | wanted | pgbench's rounds | Tollkeeper's rounds |");
            say("|---|---|---|---|---|---|---|");
            compare("events stored, 1000 a request, 8 connections", 0.5, Scripts.EVENTS,
                    () -> pgbench.run("storing", storing, 8, SECONDS),
                    () -> wrk.run(batches, tollkeeper.port(), SECONDS, 8, true).perSecond());
            compare("debits of one event each, 10,000 teams, 64 connections", 0.7, 1,
                    () -> pgbench.run("debit", Scripts.debit(TEAMS), 64, SECONDS),
                    () -> wrk.run(singles, tollkeeper.port(), SECONDS).perSecond());
            compare("debits of one event each, one team, 64 connections", 0.7, 1,
                    () -> pgbench.run("hot-debit", Scripts.debit(1), 64, SECONDS),
                    () -> wrk.run(hot, tollkeeper.port(), SECONDS).perSecond());
        }
    }

    /** Puts the teams into the database, and a table of them for pgbench. */
    private static List<BilledTeams.Team> fill(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl); Statement table = connection.createStatement()) {
            List<BilledTeams.Team> teams = BilledTeams.fill(connection, TEAMS).teams();
            table.execute("CREATE TABLE load_team AS SELECT (row_number() OVER ())::int - 1 AS n, team_id, project_id, id AS key_id, "
                    + "created_by AS user_id FROM api_key WHERE scopes = '{usage:write}'");
            table.execute("ALTER TABLE load_team ADD PRIMARY KEY (n)");
            table.execute("ANALYZE load_team");
            return teams;
        }
    }

    private void compare(String name, double wanted, int unit, Callable<Double> pgbench, Callable<Double> tollkeeper) throws Exception {
        WarmUp.until(tollkeeper, SECONDS, WARM_UP_SECONDS);
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            theirs.add(pgbench.call() * unit);
            ours.add(tollkeeper.call() * unit);
            System.out.printf("%s, round %d: %,.0f and %,.0f%n", name, round + 1, theirs.get(round), ours.get(round));
        }
        say("| %s | %,.0f | %,.0f | **%.2f** | %.2f | %s | %s |".formatted(name, Rounds.median(theirs), Rounds.median(ours),
                Rounds.median(ours) / Rounds.median(theirs), wanted, Rounds.spread(theirs), Rounds.spread(ours)));
    }
}
