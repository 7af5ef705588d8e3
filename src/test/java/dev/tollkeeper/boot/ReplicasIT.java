package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Two instances on one database: what has to be exact is exact over both. */
class ReplicasIT {
    private static final int KEY_LIMIT = 10;
    private static final Duration POLL = Duration.ofMillis(10);

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PackagedService first;
    private static PackagedService second;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Map<String, String> settings = new HashMap<>(Map.of("TOLLKEEPER_DATABASE_URL",
                "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "TOLLKEEPER_DATABASE_USERNAME", "postgres",
                "TOLLKEEPER_DATABASE_PASSWORD", "postgres", "TOLLKEEPER_KEY_PEPPERS", TestSettings.PEPPER,
                "TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL", TestSettings.OPERATOR_EMAIL, "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD",
                TestSettings.PASSWORD, "TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY", TestSettings.BOOTSTRAP_KEY));
        settings.put("TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", Integer.toString(KEY_LIMIT));
        first = PackagedService.launch(directory, settings);
        second = PackagedService.launch(directory, settings).awaitReady();
        first.awaitReady();
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

    /** Invariant 18: what one instance answered is in force on the other, which knew the key as good, within a second. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POST /revoke | {} | key_revoked", "PUT | {\"enabled\":false} | key_disabled",
            "PUT | {\"allowed_ips\":[\"192.0.2.1\"]} | ip_not_allowed", "POST /rotate | {} | key_invalid",
            "DELETE | {} | key_invalid"})
    void aRestrictionHoldsOnTheOtherInstanceWithinASecond(String call, String body, String code) {
        // Given
        Response created = create("to be restricted", Map.of());
        String secret = created.path("api_key");
        given().header("X-API-Key", secret).get(url(1, "/api/auth/whoami")).then().statusCode(200);
        String[] methodAndPath = call.split(" ");
        // When
        management().body(body).request(methodAndPath[0], url(0, "/api/manage/api-keys/" + created.path("id")
                + (methodAndPath.length > 1 ? methodAndPath[1] : ""))).then().statusCode(200);
        // Then
        await(Duration.ofSeconds(1), secret, code);
        assertThat(whoami(0, secret)).isEqualTo(code);
    }

    /** Invariant 18 with the channel cut: every listening connection is killed just before. */
    @Test
    void aRevocationHoldsWithinMaxAgeWhenTheChannelIsCut() throws Exception {
        // Given
        Response created = create("to be revoked", Map.of());
        String secret = created.path("api_key");
        given().header("X-API-Key", secret).get(url(1, "/api/auth/whoami")).then().statusCode(200);
        // When
        try (var connection = postgres.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'");
        }
        management().post(url(0, "/api/manage/api-keys/" + created.path("id") + "/revoke")).then().statusCode(200);
        // Then
        await(Duration.ofSeconds(5), secret, "key_revoked");
    }

    @Test
    void aSuspendedTeamsKeysStopOnTheOtherInstanceWithinASecond() {
        // Given
        String secret = create("of a suspended team", Map.of()).path("api_key");
        String team = management().get(url(0, "/api/auth/whoami")).path("team_id");
        given().header("X-API-Key", secret).get(url(1, "/api/auth/whoami")).then().statusCode(200);
        // When
        operator().post(url(0, "/api/teams/" + team + "/suspend")).then().statusCode(200);
        // Then
        await(Duration.ofSeconds(1), secret, "team_suspended");
        operator().post(url(0, "/api/teams/" + team + "/unsuspend")).then().statusCode(200);
        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(POLL).until(() -> whoami(1, secret) == null);
    }

    private static void await(Duration atMost, String secret, String code) {
        Awaitility.await().atMost(atMost).pollInterval(POLL).until(() -> code.equals(whoami(1, secret)));
    }

    /** The code that an instance refuses a key with, null where it does not. */
    private static String whoami(int instance, String secret) {
        Response answer = given().header("X-API-Key", secret).get(url(instance, "/api/auth/whoami"));
        return answer.statusCode() == 200 ? null : answer.path("code");
    }

    /** Invariant 23: a number of uses is exact over both instances. */
    @Test
    void usesAreExactOverBothInstances() {
        // Given
        String secret = create("counted", Map.of("remaining_uses", 25)).path("api_key");
        // When
        List<Response> answers = parallel(60, i -> given().header("X-API-Key", secret).get(url(i, "/api/auth/forward")));
        // Then
        assertThat(answers.stream().map(Response::statusCode).filter(status -> status == 200)).hasSize(25);
        assertThat(answers.stream().map(Response::statusCode).filter(status -> status == 402)).hasSize(35);
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

    private static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + operatorToken()).contentType(ContentType.JSON);
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
