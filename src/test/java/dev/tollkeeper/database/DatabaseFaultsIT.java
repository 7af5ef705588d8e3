package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.testsupport.FaultyPostgres;
import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.Load.Answer;
import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.response.Response;

/**
 * Invariant 20 under load: whatever becomes of the database, no verdict is wrong, no request hangs, what was answered as
 * done is done once, and nothing needs a restart.
 */
class DatabaseFaultsIT {
    private static final Duration MAX_STALE = Duration.ofSeconds(4);
    private static final Duration LOOKUP = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration REQUEST = Duration.ofSeconds(3);
    /** Each step of a request has its limit; and the machine that runs the tests may be slow. */
    private static final Duration LONGEST = LOOKUP.plus(CONNECT).plus(REQUEST).plusSeconds(7);
    /** What each call is answered, where it is not 503. */
    private static final Map<String, String> RIGHT = Map.of("known", "200", "verify", "200 valid", "counted", "200", "revoked",
            "401 key_revoked", "nothing", "401 key_invalid", "list", "200", "create", "201", "events", "200 unpriced", "audit",
            "200", "balance", "200");
    private static final int KINDS = 8;
    private static final int CREATE = 4;
    private static final int EVENTS = 5;
    private static final int FRESH_KEYS = 20;
    /** What gateways ask of known keys has clients of its own: the others wait, each time, while the database is frozen. */
    private static final List<Supplier<Call>> CLIENTS = List.of(DatabaseFaultsIT::known, DatabaseFaultsIT::verify,
            DatabaseFaultsIT::revoked, DatabaseFaultsIT::other, DatabaseFaultsIT::other, DatabaseFaultsIT::other,
            DatabaseFaultsIT::other, DatabaseFaultsIT::other);

    @TempDir
    static Path directory;

    private static final Instant BEGUN = Instant.now();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Queue<String> FRESH = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static FaultyPostgres postgres;
    private static PackagedService service;
    private static String known;
    private static String revoked;
    private static String counted;
    private static String keyId;

    @BeforeAll
    static void start() throws Exception {
        postgres = FaultyPostgres.start(directory);
        Map<String, String> settings = new HashMap<>();
        settings.put("TOLLKEEPER_CACHE_MAX_AGE", "500ms");
        settings.put("TOLLKEEPER_CACHE_MAX_STALE", MAX_STALE.toString());
        settings.put("TOLLKEEPER_CACHE_LOOKUP_TIMEOUT", LOOKUP.toString());
        settings.put("TOLLKEEPER_DATABASE_CONNECT_TIMEOUT", CONNECT.toString());
        settings.put("TOLLKEEPER_DATABASE_REQUEST_TIMEOUT", REQUEST.toString());
        settings.put("TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", "1000000");
        service = PackagedService.launch(directory, Replicas.environment(postgres.port(), settings)).awaitReady();
        known = create(Map.of()).path("api_key");
        counted = create(Map.of("remaining_uses", 1_000_000_000)).path("api_key");
        Response ended = create(Map.of());
        keyId = ended.path("id");
        revoked = ended.path("api_key");
        management().post(url("/api/manage/api-keys/" + keyId + "/revoke")).then().statusCode(200);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void stoppedAndStartedAgain() throws Exception {
        during(() -> {
            postgres.stop();
            long stopped = System.nanoTime();
            awaitNotReady();
            awaitAnswers(stopped);
            postgres.restart();
        });
    }

    @Test
    void killedAndStartedAtOnce() throws Exception {
        during(() -> {
            postgres.kill();
            postgres.restart();
        });
    }

    @Test
    void frozenAndThawed() throws Exception {
        during(() -> {
            postgres.freeze();
            long frozen = System.nanoTime();
            try {
                awaitNotReady();
                awaitAnswers(frozen);
            } finally {
                postgres.thaw();
            }
        });
    }

    private interface Fault {
        void happen() throws Exception;
    }

    private void during(Fault fault) throws Exception {
        // Given
        awaitReady();
        while (FRESH.size() < FRESH_KEYS) {
            FRESH.add(create(Map.of()).path("api_key"));
        }
        int from = NUMBER.get();
        given().header("X-API-Key", revoked).get(url("/api/auth/forward")).then().statusCode(401);
        List<Answer> answers;
        try (Load load = Load.begin(CLIENTS)) {
            for (var right : RIGHT.entrySet()) {
                awaitAnswers(load, 0, right.getKey(), right.getValue());
            }
            // When
            this.load = load;
            faulty = true;
            fault.happen();
            faulty = false;
            // Then
            awaitReady();
            long mended = System.nanoTime();
            for (var right : RIGHT.entrySet()) {
                awaitAnswers(load, mended, right.getKey(), right.getValue());
            }
            answers = load.end();
        }
        assertThat(answers).filteredOn(answer -> !isRight(answer)).as("wrong").isEmpty();
        assertThat(answers).filteredOn(answer -> answer.took().compareTo(LONGEST) > 0).as("hung").isEmpty();
        whatWasDoneIsDoneOnce(from, NUMBER.get());
        theServiceIsAsFastAsBefore();
    }

    private Load load;
    private static volatile boolean faulty;

    private void awaitAnswers(long since) {
        // The known key first goes on, and no longer than it may.
        awaitAnswers(load, since, "known", "200");
        awaitAnswers(load, since + MAX_STALE.toNanos(), "known", "503 unavailable");
        for (String what : List.of("fresh", "nothing", "list", "create", "events", "audit", "balance")) {
            awaitAnswers(load, since, what, "503 unavailable");
        }
    }

    private static void awaitAnswers(Load load, long since, String what, String told) {
        Awaitility.await(what + " told " + told).atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50))
                .until(() -> load.answers().stream()
                        .anyMatch(answer -> answer.atNanos() > since && answer.what().equals(what)
                                && answer.told().equals(told)));
    }

    private static void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .until(() -> given().get(url("/q/health/ready")).statusCode() == 200);
    }

    private static void awaitNotReady() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(50))
                .until(() -> given().get(url("/q/health/ready")).statusCode() == 503);
        given().get(url("/q/health/live")).then().statusCode(200);
    }

    private static boolean isRight(Answer answer) {
        return answer.told().equals("503 unavailable")
                || answer.told().equals(RIGHT.getOrDefault(answer.what(), "200"));
    }

    private static Call known() {
        return new Call("known", Load.request(url("/api/auth/forward"), known));
    }

    private static Call verify() {
        return new Call("verify",
                Load.post(url("/api/keys/verify"), TestSettings.BOOTSTRAP_KEY, "{\"key\":\"" + known + "\"}"));
    }

    private static Call revoked() {
        return new Call("revoked", Load.request(url("/api/auth/forward"), revoked));
    }

    private static Call other() {
        int number = NUMBER.incrementAndGet();
        String management = TestSettings.BOOTSTRAP_KEY;
        return switch (number % KINDS) {
            case 0 -> fresh();
            case 1 -> new Call("nothing", Load.request(url("/api/auth/forward"),
                    KeySecret.generate(KeyKind.ORDINARY, RANDOM).reveal()));
            case 2 -> new Call("counted", Load.request(url("/api/auth/forward"), counted));
            case 3 -> new Call("list", Load.request(url("/api/manage/api-keys?limit=5"), management));
            case CREATE -> new Call("create", createOnce(number));
            case EVENTS -> new Call("events", Load.post(url("/api/usage/events"), management, event(number)));
            case 6 -> new Call("audit", Load.request(url("/api/audit?limit=5"), management));
            default -> new Call("balance", Load.request(url("/api/manage/users/balance"), management));
        };
    }

    /** A good key that the service has not seen before; there are only so many, kept for the fault. */
    private static Call fresh() {
        String secret = faulty ? FRESH.poll() : null;
        if (secret == null) {
            return known();
        }
        return new Call("fresh", Load.request(url("/api/auth/forward"), secret));
    }

    private static java.net.http.HttpRequest.Builder createOnce(int number) {
        return Load.post(url("/api/manage/api-keys"), TestSettings.BOOTSTRAP_KEY, "{\"name\":\"once " + number + "\"}")
                .header("Idempotency-Key", "once-" + number);
    }

    private static String event(int number) {
        return "{\"events\":[{\"id\":\"" + number + "\",\"source\":\"faults\",\"occurred_at\":\"" + BEGUN
                + "\",\"key_id\":\"" + keyId + "\",\"meter\":\"calls\",\"quantity\":1}]}";
    }

    /** Whatever the first answer was, the same request again is answered as done, and was done once. */
    private static void whatWasDoneIsDoneOnce(int from, int until) throws SQLException {
        int created = 0;
        int recorded = 0;
        for (int number = from + 1; number <= until; number++) {
            if (number % KINDS == CREATE) {
                created++;
                management().header("Idempotency-Key", "once-" + number).body(Map.of("name", "once " + number))
                        .post(url("/api/manage/api-keys")).then().statusCode(201);
            } else if (number % KINDS == EVENTS) {
                recorded++;
                management().body(event(number)).post(url("/api/usage/events")).then().body("rejected", equalTo(0));
            }
        }
        assertThat(count("SELECT count(*) FROM api_key WHERE name LIKE 'once %' AND substr(name, 6)::int > " + from))
                .isEqualTo(created);
        assertThat(count("SELECT count(*) FROM usage_event WHERE event_id::int > " + from)).isEqualTo(recorded);
    }

    private static void theServiceIsAsFastAsBefore() {
        for (int i = 0; i < 30; i++) {
            Instant before = Instant.now();
            management().get(url("/api/manage/api-keys?limit=1")).then().statusCode(200);
            given().header("X-API-Key", counted).get(url("/api/auth/forward")).then().statusCode(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static Response create(Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", "key " + java.util.UUID.randomUUID());
        Response created = management().body(body).post(url("/api/manage/api-keys"));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    private static long count(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String url(String path) {
        return service.url(path);
    }
}
