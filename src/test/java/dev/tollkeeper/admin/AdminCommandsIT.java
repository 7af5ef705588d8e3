package dev.tollkeeper.admin;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The commands on the database of a service that is running. */
class AdminCommandsIT {
    private static final int EVENTS = 2_500;
    private static final String THIS_MONTH = YearMonth.now(ZoneOffset.UTC).toString();
    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();
    private static final String TOMORROW = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
    private static final String YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PackagedService service;
    private static Map<String, String> environment;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        environment = Replicas.environment(postgres.getPort(), Map.of());
        service = PackagedService.launch(directory, environment).awaitReady();
        admin = new Admin(directory, environment);
        recordUsage();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    /** Of the default team: each event costs a fiftieth of a cent. */
    private static void recordUsage() {
        Replicas.setPrice(service.port(), "0.0002");
        String key = management().get(service.url("/api/auth/whoami")).path("key.id");
        for (int from = 0; from < EVENTS; from += 500) {
            List<Map<String, Object>> events = IntStream.range(from, from + 500).<Map<String, Object>>mapToObj(
                    i -> Map.of("id", "event " + i, "source", "=test", "occurred_at", Instant.now().toString(), "key_id", key,
                            "meter",
                            "calls", "quantity", 1))
                    .toList();
            int accepted = management().body(Map.of("events", events)).post(service.url("/api/usage/events")).path("accepted");
            assertThat(accepted).isEqualTo(500);
        }
    }

    @Test
    void aKeyThatIsMadeWorksAtOnceAndIsInTheAuditLog() throws Exception {
        // Given
        String name = "key " + UUID.randomUUID();
        // When
        var made = admin.run("create-key", "--project", "default", "--name", name, "--management", "--scope", "keys:read",
                "--allowed-ip", "127.0.0.0/8", "--json").with(Outcome.DONE).json();
        // Then
        given().header("X-API-Key", made.getString("api_key")).get(service.url("/api/auth/forward")).then().statusCode(200);
        var key = management().get(service.url("/api/manage/api-keys/" + made.getString("id"))).jsonPath();
        assertThat(key.getString("name")).isEqualTo(name);
        assertThat(key.getList("scopes")).containsExactly((Object) "keys:read");
        var entry = management().get(service.url("/api/audit?target_id=" + made.getString("id"))).jsonPath();
        assertThat(entry.getString("entries[0].action")).isEqualTo("key.created");
        assertThat(entry.getString("entries[0].actor.name")).isEqualTo("command line");
        // When
        var again = admin.run("create-key", "--project", "default", "--name", name);
        // Then
        assertThat(again.with(Outcome.FAILED).err()).contains("already has an API key named '" + name + "'");
        assertThat(Postgres.value(postgres, "SELECT count(*) FROM replica")).as("a command is no replica").isEqualTo("1");
    }

    @Test
    void whatCannotBeTakenIsToldInASentence() throws Exception {
        assertThat(admin.run("create-key", "--project", "nowhere", "--name", "x").with(Outcome.FAILED).err())
                .contains("--project: there is none of this id or name");
        assertThat(admin.run("create-key", "--project", "default").with(Outcome.WRONG_ARGUMENTS).err())
                .contains("Missing required option: '--name");
        assertThat(admin
                .run("export", "--team", "default", "--what", "everything", "--from", TODAY, "--to", TOMORROW, "--out", "x")
                .with(Outcome.WRONG_ARGUMENTS).err()).contains("LEDGER, USAGE, INVOICES");
        assertThat(new Admin(directory, Map.of()).run("--help").with(Outcome.DONE).out())
                .contains("create-key", "rotate-pepper", "verify-ledger", "rebuild-rollups", "export");
    }

    /** Roll-ups that lost rows, and a balance that somebody wrote past the service. */
    @Test
    void brokenBooksAreFoundAndRollUpsAreBuiltAnew() throws Exception {
        // Given
        assertThat(admin.run("verify-ledger").with(Outcome.DONE).out()).contains("The books of 1 teams add up.");
        Postgres.execute(postgres, "DELETE FROM usage_rollup");
        Postgres.execute(postgres, "UPDATE ledger_account SET balance = balance + 5 WHERE account = 'balance'");
        // When
        var found = admin.run("verify-ledger", "--json").with(Outcome.REFUSED).json();
        // Then
        assertThat(found.getInt("drifted[0].roll_up_rows")).isPositive();
        assertThat(found.getString("drifted[0].roll_up_cost")).isEqualTo("0.500000");
        assertThat(found.getString("drifted[0].balances[0].folded")).isEqualTo("-0.500000");
        assertThat(found.getString("drifted[0].balances[0].stored")).isEqualTo("4.500000");
        // When
        Postgres.execute(postgres, "UPDATE ledger_account SET balance = balance - 5 WHERE account = 'balance'");
        admin.run("rebuild-rollups", "--month", THIS_MONTH, "--team", "default").with(Outcome.DONE);
        // Then
        admin.run("verify-ledger").with(Outcome.DONE);
        assertThat(Postgres.value(postgres, "SELECT sum(cost)::text FROM usage_rollup")).isEqualTo("0.5000");
    }

    /** It would delete a roll-up that nothing is left to build it from. */
    @Test
    void aMonthWithoutEventsIsNotRebuilt() throws Exception {
        // Given
        Postgres.execute(postgres,
                "INSERT INTO usage_rollup (team_id, hour, project_id, key_id, user_id, meter, quantity, cost, requests) "
                        + "SELECT team_id, '2020-01-05 10:00Z', id, gen_random_uuid(), gen_random_uuid(), 'old', 1, 1, 1 FROM project");
        // When
        var refused = admin.run("rebuild-rollups", "--month", "2020-01");
        // Then
        assertThat(refused.with(Outcome.REFUSED).out()).contains("The events of 2020-01 are not in the database");
        assertThat(Postgres.value(postgres, "SELECT count(*) FROM usage_rollup WHERE meter = 'old'")).isEqualTo("1");
        Postgres.execute(postgres, "DELETE FROM usage_rollup WHERE meter = 'old'");
    }

    @Test
    void usageIsExportedWholeAndNothingIsOverwritten() throws Exception {
        // Given
        Path file = directory.resolve("usage.csv");
        // When
        admin.run("export", "--team", "default", "--what", "usage", "--from", YESTERDAY, "--to", TOMORROW, "--out",
                file.toString())
                .with(Outcome.DONE);
        // Then
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(EVENTS + 1);
        assertThat(lines.get(0)).startsWith("billed_at,occurred_at,received_at,adjusts,source,event_id");
        assertThat(lines.get(1)).contains(",'=test,event ").contains(",calls,,,1,").endsWith(",0.0002,");
        assertThat(directory.resolve("usage.csv.part")).doesNotExist();
        // When
        var again = admin.run("export", "--team", "default", "--what", "ledger", "--from", YESTERDAY, "--to", TOMORROW, "--out",
                file.toString());
        // Then
        assertThat(again.with(Outcome.REFUSED).out()).contains("is there already");
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
        // When
        admin.run("export", "--team", "default", "--what", "ledger", "--from", YESTERDAY, "--to", TOMORROW, "--out",
                file.toString(),
                "--format", "jsonl", "--overwrite").with(Outcome.DONE);
        // Then
        assertThat(Files.readAllLines(file)).allMatch(line -> line.contains("\"kind\":\"usage\""))
                .hasSize(Integer.parseInt(Postgres.value(postgres, "SELECT count(*) FROM ledger_transaction")));
    }

    @Test
    void aPepperIsTakenOutOnlyWhenNothingNeedsIt() throws Exception {
        // When
        var rotated = admin.run("rotate-pepper", "--json").with(Outcome.DONE).json();
        // Then
        String old = rotated.getString("peppers[0].id");
        assertThat(rotated.getString("then")).endsWith("," + TestSettings.PEPPER);
        assertThat(rotated.getString("first")).startsWith(TestSettings.PEPPER + ",");
        // Given
        Map<String, String> both = new HashMap<>(environment);
        both.put("TOLLKEEPER_KEY_PEPPERS", rotated.getString("then"));
        // When
        var refused = new Admin(directory, both).run("rotate-pepper", "--retire", old);
        // Then
        assertThat(refused.with(Outcome.REFUSED).out()).contains("is needed, by ").contains("secrets of keys")
                .contains("pairs that sign user tokens").doesNotContain("TOLLKEEPER_KEY_PEPPERS=");
        // When
        var newest = admin.run("rotate-pepper", "--retire", old);
        // Then
        assertThat(newest.with(Outcome.REFUSED).out()).contains("is the newest: make another one first");
    }

    @Test
    void aDatabaseWithoutAnInstallationIsLeftAlone() throws Exception {
        // Given
        Postgres.execute(postgres, "CREATE DATABASE empty");
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("TOLLKEEPER_DATABASE_URL", "postgresql://127.0.0.1:" + postgres.getPort() + "/empty");
        // When
        var refused = new Admin(directory, settings).run("verify-ledger");
        // Then
        assertThat(refused.with(Outcome.FAILED).err()).contains("holds no installation");
    }
}
