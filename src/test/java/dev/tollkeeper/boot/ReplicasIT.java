package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.TcpRelay;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Two instances on one database: what has to be exact is exact over both. */
class ReplicasIT {
    private static final int KEY_LIMIT = 10;

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PackagedService first;
    private static PackagedService second;
    /** Between the second instance and the database. */
    private static TcpRelay wire;
    private static Map<String, String> settings;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        settings = new HashMap<>(Map.of("TOLLKEEPER_DATABASE_USERNAME", "postgres",
                "TOLLKEEPER_DATABASE_PASSWORD", "postgres", "TOLLKEEPER_KEY_PEPPERS", TestSettings.PEPPER,
                "TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL", TestSettings.OPERATOR_EMAIL, "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD",
                TestSettings.PASSWORD, "TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY", TestSettings.BOOTSTRAP_KEY));
        settings.put("TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", Integer.toString(KEY_LIMIT));
        wire = new TcpRelay(postgres.getPort());
        first = launch("first", postgres.getPort());
        second = launch("second", wire.port());
        first.awaitReady();
        second.awaitReady();
    }

    private static PackagedService launch(String name, int databasePort) throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.put("TOLLKEEPER_REPLICA_NAME", name);
        own.put("TOLLKEEPER_DATABASE_URL", "postgresql://127.0.0.1:" + databasePort + "/postgres");
        return PackagedService.launch(directory, own);
    }

    @AfterAll
    static void stop() throws Exception {
        second.close();
        first.close();
        postgres.close();
    }

    /** Invariant 23, on two instances. The management key is one of the ten. */
    @Test
    void fiftyParallelCreatesAtALimitOfTenLeaveExactlyTenKeys() {
        // Given
        removeAllButTheFirst();
        // When
        List<Response> answers = parallel(50, i -> management().body(Map.of("name", "key " + i))
                .post(url(i, "/api/manage/api-keys")));
        // Then
        Map<Object, Long> codes = answers.stream().collect(Collectors.groupingBy(
                answer -> answer.statusCode() == 201 ? "created" : answer.path("code"), Collectors.counting()));
        assertThat(codes).isEqualTo(Map.of("created", (long) KEY_LIMIT - 1, "key_limit_reached", 51L - KEY_LIMIT));
        List<String> statuses = management().get(url(0, "/api/manage/api-keys")).path("api_keys.status");
        assertThat(statuses).hasSize(KEY_LIMIT).containsOnly("active");
        removeAllButTheFirst();
    }

    /**
     * The channel blackholed, the rest of the database well: the server's ends of the listening connections are stopped. Done
     * again where an instance has found that out, and connected anew, before it was asked about. Seen to fail with a
     * replica that says with each mark it sent, not with each that it heard, how far it is.
     */
    @Test
    void aReplicaWhoseChannelIsDeafHasNotSeenAChange() throws Exception {
        // Given
        String id = create("watched", Map.of()).path("id");
        awaitSeen(id, Map.of("first", true, "second", true));
        Set<String> stopped = new HashSet<>();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                stopped.addAll(query("SELECT pid FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'"));
                signal("STOP", stopped);
                // When
                query("UPDATE api_key SET name = name WHERE id = '" + id + "' RETURNING id");
                // Then: though both have reported since
                Awaitility.await().until(() -> query("SELECT 1 FROM replica WHERE last_seen_at <= (SELECT max(at) FROM "
                        + "change_note WHERE thing = '" + id + "')").isEmpty());
                assertThat(seen(id)).isEqualTo(Map.of("first", false, "second", false));
            });
            awaitSeen(id, Map.of("first", true, "second", true));
        } finally {
            signal("CONT", stopped);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    private static void signal(String name, Set<String> processes) throws Exception {
        for (String process : processes) {
            // One that has ended meanwhile is as good.
            new ProcessBuilder("kill", "-" + name, process).redirectErrorStream(true).start().waitFor();
        }
    }

    @Test
    void aReplicaThatIsCutOffHasNotSeenARevocationUntilItIsBack() {
        // Given
        String id = create("watched", Map.of()).path("id");
        awaitSeen(id, Map.of("first", true, "second", true));
        // When
        wire.freeze();
        management().post(url(0, "/api/manage/api-keys/" + id + "/revoke")).then().statusCode(200);
        // Then
        awaitSeen(id, Map.of("first", true, "second", false));
        assertThat(propagation(id).<Boolean>path("propagated")).isFalse();
        wire.cut();
        wire.mend();
        awaitSeen(id, Map.of("first", true, "second", true));
        assertThat(propagation(id).<Boolean>path("propagated")).isTrue();
    }

    @Test
    void aReplicaThatEndsLeavesTheListAtOnce() throws Exception {
        // Given
        String id = create("watched", Map.of()).path("id");
        PackagedService third = launch("third", postgres.getPort()).awaitReady();
        awaitSeen(id, Map.of("first", true, "second", true, "third", true));
        // When
        third.close();
        // Then
        assertThat(seen(id)).containsOnlyKeys("first", "second");
    }

    private static void awaitSeen(String keyId, Map<String, Boolean> expected) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen(keyId)).isEqualTo(expected));
    }

    /** Which replica has seen a key's last change, as the first instance tells. */
    private static Map<String, Boolean> seen(String keyId) {
        List<Map<String, Object>> replicas = propagation(keyId).path("replicas");
        return replicas.stream().collect(Collectors.toMap(replica -> (String) replica.get("name"),
                replica -> (Boolean) replica.get("seen")));
    }

    private static Response propagation(String keyId) {
        return management().get(url(0, "/api/manage/api-keys/" + keyId + "/propagation"));
    }

    /** Invariants 3 and 4: what is sent to both instances at once counts once. */
    @Test
    void usageAndCreditSentToBothInstancesCountOnce() {
        // Given
        String keyId = create("billed", Map.of()).path("id");
        String team = management().get(url(0, "/api/auth/whoami")).path("team_id");
        String token = operatorToken();
        given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON)
                .body(Map.of("meter", "calls", "type", "per_unit", "unit_price", "0.5", "currency", "EUR", "effective_from",
                        "2020-01-01T00:00:00Z"))
                .post(url(0, "/api/prices")).then().statusCode(201);
        String now = Instant.now().toString();
        List<Map<String, Object>> events = IntStream.range(0, 20).<Map<String, Object>>mapToObj(i -> Map.of("id", "event-" + i,
                "source", "replicas", "occurred_at", now, "key_id", keyId, "meter", "calls", "quantity", 1)).toList();
        // When
        List<Response> usage = parallel(20, i -> management().body(Map.of("events", events)).post(url(i, "/api/usage/events")));
        List<Response> credit = parallel(20, i -> given().header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "once").contentType(ContentType.JSON).body(Map.of("amount", "100", "reason", "test"))
                .post(url(i, "/api/team-billing/" + team + "/credits")));
        // Then
        assertThat(usage.stream().mapToInt(answer -> answer.path("accepted")).sum()).isEqualTo(20);
        assertThat(usage.stream().mapToInt(answer -> answer.path("duplicates")).sum()).isEqualTo(380);
        assertThat(credit.stream().map(Response::statusCode)).contains(201).isSubsetOf(201, 409);
        for (int instance : new int[]{0, 1}) {
            assertThat(management().get(url(instance, "/api/manage/users/balance")).<String>path("posted"))
                    .isEqualTo("90.000000");
        }
    }

    private static Response create(String name, Map<String, Object> settings) {
        removeAllButTheFirst();
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", name);
        Response created = management().body(body).post(url(0, "/api/manage/api-keys"));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    private static void removeAllButTheFirst() {
        List<String> names = management().get(url(0, "/api/manage/api-keys")).path("api_keys.name");
        names.stream().filter(name -> !"bootstrap".equals(name))
                .forEach(name -> management().body(Map.of("name", name)).delete(url(0, "/api/manage/api-keys")).then()
                        .statusCode(200));
    }

    private static String url(int call, String path) {
        return (call % 2 == 0 ? first : second).url(path);
    }

    private static RequestSpecification management() {
        return given().header("Authorization", "Bearer " + TestSettings.BOOTSTRAP_KEY).contentType(ContentType.JSON);
    }

    private static String operatorToken() {
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", TestSettings.OPERATOR_EMAIL, "password", TestSettings.PASSWORD))
                .post(url(0, "/api/auth/token")).path("access_token");
    }

    private interface Call {
        Response send(int number);
    }

    private static List<Response> parallel(int calls, Call call) {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Response>> work = IntStream.range(0, calls).<Callable<Response>>mapToObj(i -> () -> call.send(i))
                    .toList();
            return threads.invokeAll(work).stream().map(ReplicasIT::get).toList();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } finally {
            threads.shutdown();
        }
    }

    private static Response get(Future<Response> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
