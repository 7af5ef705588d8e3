package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.EnvoyVerdict;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.RedisServer;
import dev.tollkeeper.testsupport.Replicas;
import io.restassured.response.Response;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Two instances on one database and one Redis: limits are exact over both. They start before Redis does. The first counts by
 * itself while Redis is out of reach, the second, which speaks TLS, refuses.
 */
class ExactLimitsIT {
    private static final int LOCAL = 0;
    private static final int REFUSING = 1;
    private static final Pattern REMAINING = Pattern.compile("\"key\";r=(\\d+);t=\\d+");
    /** Nobody waits longer than the time limit on Redis; the rest is for slow machines. */
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    @TempDir
    static Path directory;

    private static RedisServer redis;
    private static EmbeddedPostgres postgres;
    private static List<PackagedService> services;

    /** What a gateway learns of a request. */
    private record Answer(String code, Long remaining) {
    }

    @BeforeAll
    static void start() throws IOException {
        redis = new RedisServer(directory);
        postgres = EmbeddedPostgres.start();
        Map<String, String> settings = Replicas.environment(postgres.getPort(), Map.of());
        // Half of it is all that a question may wait, and the machine may be busy.
        settings.put("TOLLKEEPER_REDIS_TIMEOUT", "6s");
        settings.put("TOLLKEEPER_REDIS_URL", redis.url());
        var first = PackagedService.launch(directory, settings);
        settings.put("TOLLKEEPER_REDIS_URL", redis.tlsUrl());
        settings.put("QUARKUS_TLS_REDIS_TRUST_STORE_PEM_CERTS", redis.authority().toString());
        settings.put("TOLLKEEPER_RATE_LIMIT_WITHOUT_REDIS", "refuse");
        services = List.of(first, PackagedService.launch(directory, settings));
        services.forEach(PackagedService::awaitReady);
        redis.start();
        awaitRedis();
        warmUp();
    }

    /** The first calls of an instance load its classes, and on a busy machine Redis would be asked too late meanwhile. */
    private static void warmUp() {
        String secret = create(Map.of("is_management_key", true, "rate_limit", rate(1_000))).path("api_key");
        for (int instance : List.of(LOCAL, REFUSING)) {
            await().until(() -> given().header("X-API-Key", secret).get(url(instance, "/api/projects")).statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (services != null) {
            services.forEach(PackagedService::close);
            postgres.close();
            redis.close();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static void awaitRedis() {
        await().until(() -> List.of(LOCAL, REFUSING).stream().allMatch(instance -> "in Redis".equals(standing(instance))));
    }

    private static String standing(int instance) {
        return given().get(url(instance, "/q/health/ready")).path("checks.find { it.name == 'Rate limits' }.data.counted");
    }

    /** Invariant 23. Seen to fail with an UPDATE that does not look at what is left in Admission.takeUses. */
    @Test
    void fiveHundredVerificationsOfAKeyWithFiftyUsesLeaveExactlyFiftyValid() {
        // Given
        Response key = create(Map.of("remaining_uses", 50));
        // When
        List<Answer> answers = AtOnce.run(500, i -> use(i, key));
        // Then
        assertThat(codes(answers, "valid")).isEqualTo(50);
        assertThat(codes(answers, "budget_exhausted")).isEqualTo(450);
        assertThat(management().get(path(key)).<Integer>path("remaining_uses")).isZero();
    }

    /** Invariant 23. Seen to fail with instances that each count by themselves. */
    @Test
    void aRateLimitIsExactOverBothInstancesAndTellsWhatIsLeft() {
        // Given
        Response key = create(Map.of("rate_limit", rate(50)));
        // When
        List<Answer> answers = AtOnce.run(300, i -> use(i, key));
        // Then
        assertThat(answers.stream().filter(answer -> "valid".equals(answer.code())).map(Answer::remaining))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).mapToObj(Long::valueOf).toList());
        assertThat(answers.stream().filter(answer -> "rate_limited".equals(answer.code())))
                .containsOnly(new Answer("rate_limited", 0L)).hasSize(250);
    }

    @Test
    void aRateLimitCountsCallsOfTheManagementEndpointsToo() {
        // Given
        String secret = create(Map.of("is_management_key", true, "rate_limit", rate(20))).path("api_key");
        // When
        List<Response> answers = AtOnce.run(60, i -> given().header("X-API-Key", secret).get(url(i, "/api/projects")));
        // Then
        assertThat(answers.stream().collect(groupingBy(Response::statusCode, counting())))
                .as(() -> answers.stream().map(Response::asString).distinct().collect(joining("\n")))
                .isEqualTo(Map.of(200, 20L, 429, 40L));
    }

    @Test
    void aWindowRenewsOnBothInstances() {
        // Given
        Response key = create(Map.of("rate_limit", Map.of("limit", 1, "window_seconds", 2)));
        use(0, key);
        // When
        await().until(() -> "valid".equals(use(1, key).code()));
        // Then
        await().until(() -> "valid".equals(use(0, key).code()));
    }

    /** Invariant 19, over every way in. Seen to fail without giveBack in Admission.takeUses. */
    @Test
    void refusedVerdictsUseUpNothing() {
        // Given
        Response key = create(Map.of("rate_limit", rate(3), "remaining_uses", 2));
        Response paced = create(Map.of("rate_limit", rate(3), "remaining_uses", 10));
        Response elsewhere = create(Map.of("rate_limit", rate(3), "remaining_uses", 2, "allowed_ips", List.of("192.0.2.1")));
        // When
        List<Answer> exhausted = AtOnce.run(40, i -> use(i, key));
        List<Answer> limited = AtOnce.run(40, i -> use(i, paced));
        List<Answer> refused = AtOnce.run(40, i -> use(i, elsewhere));
        // Then: what was refused for want of uses took nothing from the rate, nor the other way round
        assertThat(codes(exhausted, "valid")).isEqualTo(2);
        management().body("{\"remaining_uses\":null}").put(path(key)).then().statusCode(200);
        assertThat(verify(LOCAL, key, 0).remaining()).isEqualTo(1);
        assertThat(codes(limited, "valid")).isEqualTo(3);
        assertThat(management().get(path(paced)).<Integer>path("remaining_uses")).isEqualTo(7);
        assertThat(codes(refused, "ip_not_allowed")).isEqualTo(40);
        management().body("{\"allowed_ips\":[]}").put(path(elsewhere)).then().statusCode(200)
                .body("remaining_uses", equalTo(2));
        await().until(() -> !"ip_not_allowed".equals(verify(REFUSING, elsewhere, 0).code()));
        assertThat(verify(REFUSING, elsewhere, 0).remaining()).isEqualTo(3);
    }

    /**
     * Invariant 19: what was refused while Redis hung is not taken when it goes on. The instance that counts by itself goes on
     * from what it saw; seen to fail where it saw nothing.
     */
    @Test
    void aFrozenRedisHoldsNobodyUpAndEachInstanceDoesAsItIsSet() {
        // Given
        Response key = create(Map.of("rate_limit", rate(50)));
        Response unlimited = create(Map.of());
        use(LOCAL, key);
        // When
        redis.freeze();
        List<Answer> during = whileTimed(() -> AtOnce.run(40, i -> use(i, key)));
        // Then
        assertThat(every(LOCAL, during)).containsExactlyInAnyOrderElementsOf(
                IntStream.range(29, 49).mapToObj(left -> new Answer("valid", (long) left)).toList());
        assertThat(every(REFUSING, during)).containsOnly(new Answer("unavailable", null)).hasSize(20);
        assertThat(use(REFUSING, unlimited).code()).isEqualTo("valid");
        assertThat(standing(REFUSING)).contains("out of reach", "503");
        redis.thaw();
        awaitRedis();
        assertThat(use(REFUSING, key)).isEqualTo(new Answer("valid", 48L));
    }

    @Test
    void aRedisThatEndsIsDoneWithoutUntilItIsBack() throws IOException {
        // Given
        Response key = create(Map.of("rate_limit", rate(50)));
        use(LOCAL, key);
        // When
        redis.kill();
        List<Answer> during = whileTimed(() -> AtOnce.run(40, i -> use(i, key)));
        // Then
        assertThat(codes(every(LOCAL, during), "valid")).isEqualTo(20);
        assertThat(codes(every(REFUSING, during), "unavailable")).isEqualTo(20);
        given().get(url(LOCAL, "/q/metrics")).then().body(containsString("\ntollkeeper_redis_up 0.0"));
        redis.start();
        awaitRedis();
        assertThat(use(REFUSING, key)).isEqualTo(new Answer("valid", 49L));
        given().get(url(LOCAL, "/q/metrics")).then().body(containsString("\ntollkeeper_redis_up 1.0"));
    }

    @Test
    void redisLearnsNoSecretAndTheLogNotItsPassword() throws IOException {
        // Given
        Response key = create(Map.of("rate_limit", rate(50)));
        // When
        use(LOCAL, key);
        // Then
        for (String name : redis.command("KEYS", "*").lines().toList()) {
            assertThat(name).matches("tollkeeper:rate-check|tollkeeper:rate:[-0-9a-f]{36}:[0-9]+:[0-9]+");
        }
        for (PackagedService service : services) {
            assertThat(service.output()).contains("Redis at redis").doesNotContain("s3cret");
        }
    }

    /** One use, by each way in and each instance in turn. */
    private static Answer use(int call, Response key) {
        return switch (call / 2 % 3) {
            case 0 -> forward(call, key);
            case 1 -> verify(call, key, 1);
            default -> envoy(call, key);
        };
    }

    private static Answer forward(int instance, Response key) {
        Response answer = given().header("X-API-Key", key.<String>path("api_key")).get(url(instance, "/api/auth/forward"));
        return new Answer(answer.statusCode() == 200 ? "valid" : answer.path("code"), remaining(answer.header("RateLimit")));
    }

    private static Answer envoy(int instance, Response key) {
        EnvoyVerdict answer = Envoy.as(key.path("api_key")).ask(services.get(instance % 2).port());
        Map<String, String> headers = answer.response().hasOkResponse() ? answer.addedToTheResponse() : answer.headers();
        return new Answer(answer.code(), remaining(headers.get("ratelimit")));
    }

    private static Long remaining(String header) {
        Matcher remaining = REMAINING.matcher(String.valueOf(header));
        return remaining.matches() ? Long.valueOf(remaining.group(1)) : null;
    }

    private static Answer verify(int instance, Response key, int cost) {
        Response answer = management().body(Map.of("key", key.<String>path("api_key"), "cost", cost, "ip", "127.0.0.1"))
                .post(url(instance, "/api/keys/verify"));
        Integer remaining = answer.path("rate_limit.remaining");
        return new Answer(answer.path("code"), remaining == null ? null : Long.valueOf(remaining));
    }

    private static <T> T whileTimed(Supplier<T> work) {
        long before = System.nanoTime();
        T done = work.get();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_MOST);
        return done;
    }

    private static List<Answer> every(int instance, List<Answer> answers) {
        return IntStream.range(0, answers.size()).filter(i -> i % 2 == instance).mapToObj(answers::get).toList();
    }

    private static int codes(List<Answer> answers, String code) {
        return Collections.frequency(answers.stream().map(Answer::code).toList(), code);
    }

    private static Map<String, Object> rate(int limit) {
        return Map.of("limit", limit, "window_seconds", 3600);
    }

    private static Response create(Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", "key " + UUID.randomUUID());
        Response created = management().body(body).post(url(LOCAL, "/api/manage/api-keys"));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    private static String path(Response key) {
        return url(LOCAL, "/api/manage/api-keys/" + key.path("id"));
    }

    private static String url(int call, String path) {
        return services.get(call % 2).url(path);
    }
}
