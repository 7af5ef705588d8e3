package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.MixedCalls.what;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.FaultyPostgres;
import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.Load.Answer;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.Way;

/**
 * Invariant 20 under load, by every way in which keys are judged: whatever becomes of the database, no verdict is wrong, no
 * request hangs, what was answered as done is done once, and nothing needs a restart to be as fast as before. Seen to fail
 * with ext_authz letting pass what nobody can tell, with it answering nothing then, and with max-stale doubled.
 */
class DatabaseFaultsIT {
    private static final Duration MAX_STALE = Duration.ofSeconds(4);
    private static final Duration LOOKUP = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration REQUEST = Duration.ofSeconds(3);
    /** Each step of a request has its limit; and the machine that runs the tests may be slow. */
    private static final Duration LONGEST = LOOKUP.plus(CONNECT).plus(REQUEST).plusSeconds(7);
    private static final String UNAVAILABLE = "503 unavailable";
    private static final int FRESH_KEYS = 20;
    /** So many answers of each kind show how fast it goes. */
    private static final int ENOUGH = 50;
    /** The same calls may take so many times as long after a fault as before it: other processes disturb them, too. */
    private static final int SLOWER = 4;

    @TempDir
    static Path directory;

    private static FaultyPostgres postgres;
    private static PackagedService service;
    private static MixedCalls calls;

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
        calls = new MixedCalls(service);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void stoppedAndStartedAgain() throws Exception {
        during(postgres::stop, DatabaseFaultsIT::itIsMissed, postgres::restart);
    }

    @Test
    void killedAndStartedAtOnce() throws Exception {
        during(postgres::kill, (load, gone) -> {
        }, postgres::restart);
    }

    @Test
    void frozenAndThawed() throws Exception {
        during(postgres::freeze, DatabaseFaultsIT::itIsMissed, postgres::thaw);
    }

    private interface Step {
        void go() throws Exception;
    }

    private interface Meanwhile {
        void go(Load load, long gone);
    }

    /**
     * When what happened.
     *
     * @param begun the database began to fail
     * @param gone it answered nothing from here on
     * @param mending it answered nothing until here
     * @param mended everything was answered again
     */
    private record Course(long begun, long gone, long mending, long mended) {
        boolean isRight(Answer answer) {
            boolean asAlways = answer.told().equals(calls.right(answer.what()));
            if (answer.endNanos() < begun || answer.atNanos() > mended) {
                return asAlways;
            }
            boolean without = answer.atNanos() > gone && answer.endNanos() < mending;
            return answer.told().equals(UNAVAILABLE) || asAlways && (!without || isKnown(answer));
        }

        private boolean isKnown(Answer answer) {
            return answer.what().startsWith(MixedCalls.REVOKED) && answer.told().startsWith("401")
                    || answer.atNanos() < gone + MAX_STALE.toNanos()
                            && !calls.needsTheDatabase(answer.what());
        }
    }

    private static void during(Step fail, Meanwhile meanwhile, Step mend) throws Exception {
        // Given
        awaitReady();
        List<String> secrets = Stream.generate(() -> calls.create(Map.of()).<String>path("api_key")).limit(FRESH_KEYS).toList();
        int from = calls.last();
        List<Answer> answers;
        Course course;
        Duration before;
        Duration after;
        try (Load load = Load.begin(calls.clients())) {
            awaitEach(load, System.nanoTime(), 1);
            before = awaitEach(load, System.nanoTime(), ENOUGH);
            // When
            long begun = System.nanoTime();
            fail.go();
            long gone = System.nanoTime();
            calls.useOnce(secrets);
            long mending;
            try {
                meanwhile.go(load, gone);
            } finally {
                mending = System.nanoTime();
                mend.go();
            }
            // Then
            awaitReady();
            awaitEach(load, System.nanoTime(), 1);
            long mended = System.nanoTime();
            after = awaitEach(load, mended, ENOUGH);
            await("the keys are used that could not be").until(calls::areFreshUsed);
            answers = load.end();
            course = new Course(begun, gone, mending, mended);
        }
        assertThat(answers).filteredOn(answer -> !course.isRight(answer)).as("wrong").isEmpty();
        assertThat(answers).filteredOn(answer -> answer.took().compareTo(LONGEST) > 0).as("hung").isEmpty();
        assertThat(after).as("as fast as before").isLessThan(before.multipliedBy(SLOWER));
        whatWasDoneIsDoneOnce(from, calls.last());
    }

    /** That the service says so: of known keys no sooner and no later than it may. */
    private static void itIsMissed(Load load, long gone) {
        await("not ready").until(() -> given().get(service.url("/q/health/ready")).statusCode() == 503);
        given().get(service.url("/q/health/live")).then().statusCode(200);
        for (Way way : Way.values()) {
            String known = what(MixedCalls.KNOWN, way);
            awaitAnswer(load, gone, known, calls.right(known));
            awaitAnswer(load, gone + MAX_STALE.toNanos(), known, UNAVAILABLE);
        }
        calls.kindsThatNeedTheDatabase().forEach(what -> awaitAnswer(load, gone, what, UNAVAILABLE));
    }

    private static void awaitAnswer(Load load, long since, String what, String told) {
        await(what + " told " + told).until(() -> load.has(
                answer -> answer.atNanos() > since && answer.what().equals(what) && answer.told().equals(told)));
    }

    /** Waits for so many right answers of each kind, and tells how long they took. */
    private static Duration awaitEach(Load load, long since, int times) {
        Predicate<Answer> right = answer -> answer.atNanos() > since && answer.told().equals(calls.right(answer.what()));
        await("each kind right " + times + " times").untilAsserted(() -> {
            Map<String, Long> counts = load.count(right);
            assertThat(calls.kinds()).filteredOn(kind -> counts.getOrDefault(kind, 0L) < times)
                    .as("told else: " + load.told(right.negate())).isEmpty();
        });
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static void awaitReady() {
        await("ready").until(() -> given().get(service.url("/q/health/ready")).statusCode() == 200);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(100));
    }

    /** Whatever the first answer was, the same request again is answered as done, and was done once. */
    private static void whatWasDoneIsDoneOnce(int from, int until) throws SQLException {
        int created = 0;
        int recorded = 0;
        for (int once = from + 1; once <= until; once++) {
            calls.again(once);
            created += calls.isOf(once, MixedCalls.CREATE) ? 1 : 0;
            recorded += calls.isOf(once, MixedCalls.EVENTS) ? 1 : 0;
        }
        assertThat(count("SELECT count(*) FROM api_key WHERE name LIKE 'once %' AND substr(name, 6)::int > " + from))
                .isEqualTo(created);
        assertThat(count("SELECT count(*) FROM usage_event WHERE event_id::int > " + from)).isEqualTo(recorded);
    }

    private static long count(String sql) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
