package dev.tollkeeper.boot;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.Replicas;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** Two instances on one database: what has to be exact is exact over both. */
class ReplicasIT {
    private static final int KEY_LIMIT = 10;

    @TempDir
    static Path directory;

    private static Replicas replicas;

    @BeforeAll
    static void start() throws Exception {
        replicas = Replicas.start(directory, Map.of("TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", Integer.toString(KEY_LIMIT)));
    }

    @AfterAll
    static void stop() throws Exception {
        replicas.close();
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
        String token = replicas.operatorToken();
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
        return replicas.create(name, settings);
    }

    private static void removeAllButTheFirst() {
        replicas.keyNames().stream().filter(name -> !"bootstrap".equals(name))
                .forEach(name -> management().body(Map.of("name", name)).delete(url(0, "/api/manage/api-keys")).then()
                        .statusCode(200));
    }

    private static String url(int call, String path) {
        return replicas.url(call, path);
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
