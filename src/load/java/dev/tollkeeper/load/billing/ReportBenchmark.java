package dev.tollkeeper.load.billing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.tollkeeper.load.benchmark.Machine;
import dev.tollkeeper.load.benchmark.Rounds;
import dev.tollkeeper.load.stage.Stage;
import dev.tollkeeper.testsupport.BilledTeams;
import dev.tollkeeper.testsupport.PackagedService;

/**
 * Asks Tollkeeper for a month's summary and its daily series by model, and PostgreSQL for the sums of the same events, in turn;
 * for a team with many events and for one with ten times as many. Prints a table, also into
 * {@code target/benchmark/reports.md}.
 */
public final class ReportBenchmark {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds");
    private static final int MANY = Integer.getInteger("benchmark.events", 10_000_000);
    private static final int ASKS = 20;
    /** A month that is over, so that no partition has to be made ahead. */
    private static final LocalDate MONTH = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> report = new ArrayList<>();

    private ReportBenchmark() {
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        var benchmark = new ReportBenchmark();
        benchmark.say(Machine.description());
        benchmark.run();
        Files.write(DIRECTORY.resolve("reports.md"), benchmark.report);
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }

    private void run() throws Exception {
        try (Stage stage = Stage.empty(DIRECTORY, "reports");
                PackagedService tollkeeper = stage.tollkeeper(Map.of());
                Connection connection = DriverManager.getConnection(stage.jdbcUrl())) {
            tollkeeper.awaitReady();
            List<BilledTeams.Team> teams = BilledTeams.fill(connection, 2).teams();
            events(connection, teams.get(0), MANY / 10);
            events(connection, teams.get(1), MANY);
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE api_key SET scopes = '{billing:read}' WHERE scopes = '{usage:write}'");
                statement.execute("VACUUM ANALYZE");
            }
            say("%nReports over %s; medians of %d rounds in turn, %d asks a round%n".formatted(MONTH.toString().substring(0, 7), ROUNDS, ASKS));
            say("| milliseconds | events | summing the events | Tollkeeper over HTTP | times as fast | wanted |");
            say("|---|---|---|---|---|---|");
            for (BilledTeams.Team team : teams) {
                int number = team.equals(teams.get(0)) ? MANY / 10 : MANY;
                compare("a month's summary", number, () -> sum(connection, team, "()"), () -> ask(tollkeeper, team,
                        "/api/team-billing/summary/" + team.id() + '/' + MONTH + '/' + MONTH.plusMonths(1)));
                compare("a daily series by model", number,
                        () -> sum(connection, team, "date_trunc('day', billed_at, 'UTC'), model"),
                        () -> ask(tollkeeper, team, "/api/usage?bucket=1d&group_by=model&from=" + MONTH + "&until=" + MONTH.plusMonths(1)));
            }
        }
    }

    /** Events evenly over the month, of ten models, with the roll-up that belongs to them. */
    private static void events(Connection connection, BilledTeams.Team team, int number) throws SQLException {
        System.out.printf("Making %,d events…%n", number);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT make_usage_partitions('" + MONTH + "', '" + MONTH.plusMonths(1) + "')");
            statement.execute("""
                    INSERT INTO usage_event (team_id, billed_at, occurred_at, source, event_id, batch_id, project_id, key_id, user_id, meter,
                        model, quantity, price_id, cost, received_at)
                    SELECT '%s', t.at, t.at, 'load', n, '%s', '%s', '%s', '%s', '%s', 'm' || n %% 10, 1, p.id, 0.001, now()
                    FROM generate_series(0, %d) n
                    CROSS JOIN LATERAL (SELECT timestamptz '%s+00' + n * (interval '1 month' / %d) AS at) t
                    JOIN price p ON p.meter = '%s'
                    """.formatted(team.id(), team.id(), team.projectId(), team.keyId(), team.userId(), BilledTeams.METER, number - 1,
                    MONTH, number, BilledTeams.METER));
            statement.execute("""
                    INSERT INTO usage_rollup (team_id, hour, project_id, key_id, user_id, meter, model, provider, quantity, cost, requests)
                    SELECT team_id, date_trunc('hour', billed_at, 'UTC'), project_id, key_id, user_id, meter, model, provider, sum(quantity),
                        sum(cost), count(*)
                    FROM usage_event WHERE team_id = '%s' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
                    """.formatted(team.id()));
        }
    }

    private void compare(String name, int events, Callable<Object> summing, Callable<Object> asking) throws Exception {
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int warmUp = 0; warmUp < ASKS * 5; warmUp++) {
            asking.call();
        }
        for (int round = 0; round < ROUNDS; round++) {
            theirs.add(millis(summing, 1));
            ours.add(millis(asking, ASKS));
        }
        double sum = Rounds.median(theirs);
        double ask = Rounds.median(ours);
        say("| %s | %,d | %,.0f | %.2f | **%,.0f** | 100 |".formatted(name, events, sum, ask, sum / ask));
    }

    private static double millis(Callable<Object> work, int times) throws Exception {
        long begun = System.nanoTime();
        for (int time = 0; time < times; time++) {
            work.call();
        }
        return (System.nanoTime() - begun) / 1e6 / times;
    }

    private static Object sum(Connection connection, BilledTeams.Team team, String group) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sum(quantity), sum(cost), count(*) FROM usage_event WHERE team_id = '" + team.id()
                        + "' AND billed_at >= '" + MONTH + "+00' AND billed_at < '" + MONTH.plusMonths(1) + "+00' GROUP BY " + group)) {
            long events = 0;
            while (rows.next()) {
                events += rows.getLong(3);
            }
            return events;
        }
    }

    private Object ask(PackagedService tollkeeper, BilledTeams.Team team, String path) throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(tollkeeper.url(path)))
                .header("Authorization", "Bearer " + team.secret()).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return answer.body();
    }
}
