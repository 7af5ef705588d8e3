package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TcpRelay;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.Way;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/**
 * Invariant 18: what the first instance has answered is in force on the second, which went by what it remembers, whichever
 * way that is asked: within a second, and within {@code cache.max-age} where it hears nothing.
 */
class ChangesOnReplicasIT {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    /** A look-up that is kept in flight is not given up. */
    private static final Duration LOOK_UP = Duration.ofSeconds(20);
    private static final int WARM_UP = 5;
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final String VALID = "valid";

    @TempDir
    static Path directory;

    private static Replicas replicas;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        replicas = Replicas.start(directory, Map.of("TOLLKEEPER_CACHE_LOOKUP_TIMEOUT", LOOK_UP.toString()));
        token = replicas.operatorToken();
        // A process that was just started takes seconds for its first answers: that is not what is bounded here.
        for (int i = 0; i < WARM_UP; i++) {
            change(knownKey(Map.of()), "PUT", "{\"enabled\":false}");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        replicas.close();
    }

    @AfterEach
    void mend() {
        replicas.wire().thaw();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POST /revoke | {} | key_revoked", "PUT | {\"enabled\":false} | key_disabled",
            "PUT | {\"allowed_ips\":[\"192.0.2.1\"]} | ip_not_allowed", "POST /rotate | {} | key_invalid",
            "DELETE | {} | key_invalid"})
    void aRestrictionHoldsWithinASecond(String call, String body, String code) {
        // Given
        Key key = knownKey(Map.of());
        // When
        change(key, call, body);
        // Then
        holdsWithin(BOUND, key, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"enabled\":false} | {\"enabled\":true} | key_disabled",
            "{\"allowed_ips\":[\"192.0.2.1\"]} | {\"allowed_ips\":[]} | ip_not_allowed"})
    void soDoesItsEnd(String restriction, String end, String code) {
        // Given
        Key key = knownKey(Map.of());
        change(key, "PUT", restriction);
        holdsWithin(BOUND, key, code);
        // When
        change(key, "PUT", end);
        // Then
        holdsWithin(BOUND, key, VALID);
    }

    @Test
    void anEarlierExpiryHoldsFromThenOn() {
        // Given
        Key key = knownKey(Map.of("expires_at", Instant.now().plusSeconds(3600).toString()));
        Instant expiry = Instant.now().plusSeconds(1);
        // When
        change(key, "PUT", "{\"expires_at\":\"" + expiry + "\"}");
        // Then
        holdsWithin(Duration.between(Instant.now(), expiry).plus(BOUND), key, "key_expired");
    }

    @Test
    void aLaterExpiryHoldsWithinASecond() {
        // Given
        Key key = knownKey(Map.of("expires_at", Instant.now().plusSeconds(1).toString()));
        holdsWithin(Duration.ofSeconds(3), key, "key_expired");
        // When
        change(key, "PUT", "{\"expires_at\":\"" + Instant.now().plusSeconds(3600) + "\"}");
        // Then
        holdsWithin(BOUND, key, VALID);
    }

    /** Invariant 24, on another instance than the one that rotated. */
    @Test
    void anOverlapThatIsEndedEarlyEndsWithinASecond() {
        // Given
        Key old = knownKey(Map.of());
        Response rotated = management().body("{\"overlap_seconds\":3600}").post(url(0, old.path() + "/rotate"));
        Key renewed = new Key(old.id(), rotated.path("api_key"));
        holdsWithin(BOUND, renewed, VALID);
        assertAllSay(VALID, old);
        // When
        change(old, "DELETE /previous-secret", "{}");
        // Then
        holdsWithin(BOUND, old, "key_invalid");
        assertAllSay(VALID, renewed);
    }

    /** Invariant 24: the old secret was remembered before anything was known of its end, and of that nobody is told. */
    @Test
    void anOverlapEndsByItself() {
        // Given
        Key old = knownKey(Map.of());
        Instant before = Instant.now();
        Response rotated = management().body("{\"overlap_seconds\":" + OVERLAP.toSeconds() + "}")
                .post(url(0, old.path() + "/rotate"));
        Key renewed = new Key(old.id(), rotated.path("api_key"));
        holdsWithin(BOUND, renewed, VALID);
        assertAllSay(VALID, old);
        assertThat(Instant.now()).as("still within the overlap").isBefore(before.plus(OVERLAP));
        // When
        await(OVERLAP.plus(BOUND)).until(() -> Instant.now().isAfter(before.plus(OVERLAP)));
        // Then
        holdsWithin(BOUND, old, "key_invalid");
        assertAllSay(VALID, renewed);
    }

    @Test
    void aTeamsSuspensionAndItsEndHoldWithinASecond() {
        // Given
        Key key = knownKey(Map.of());
        String team = url(0, "/api/teams/" + management().get(url(0, "/api/auth/whoami")).path("team_id"));
        try {
            // When
            operator().post(team + "/suspend").then().statusCode(200);
            // Then
            holdsWithin(BOUND, key, "team_suspended");
        } finally {
            // When
            operator().post(team + "/unsuspend").then().statusCode(200);
        }
        // Then
        holdsWithin(BOUND, key, VALID);
    }

    @Test
    void aChangedNameIsToldWithinASecond() {
        // Given
        Key key = knownKey(Map.of());
        String name = "renamed-" + UUID.randomUUID();
        // When
        change(key, "PUT", "{\"name\":\"" + name + "\"}");
        // Then
        await(BOUND).until(() -> Stream.of(token, TestSettings.BOOTSTRAP_KEY).allMatch(asker -> Arrays.stream(Way.values())
                .allMatch(way -> name.equals(way.keyName(replicas.port(1), key.secret(), asker)))));
    }

    /** No header carries it, so only {@code verify} tells it. */
    @ParameterizedTest
    @CsvSource({"cost", "speed"})
    void aChangedConfigurationIsToldWithinASecond(String preference) {
        // Given
        Key key = knownKey(Map.of());
        // When
        operator().body(Map.of("inference_config", Map.of("preference", preference)))
                .put(url(0, "/api/manage/project-configs")).then().statusCode(200);
        // Then
        await(BOUND).until(() -> Stream.of(token, TestSettings.BOOTSTRAP_KEY)
                .allMatch(asker -> preference.equals(verdict(key, asker).path("inference_config.preference"))));
    }

    /** The look-up has read the database before the revocation, and its answer comes after everybody was told. */
    @ParameterizedTest
    @EnumSource
    void aLookUpInFlightPutsNothingBack(Way way) throws Exception {
        // Given
        Key key = newKey(Map.of());
        // So many connections that one is free for the look-up: none can be made while the answers are kept back.
        AtOnce.run(16, i -> management().get(url(1, "/api/audit")).statusCode());
        String before = now();
        replicas.wire().freezeAnswers();
        var inFlight = CompletableFuture.supplyAsync(() -> ask(way, key, TestSettings.BOOTSTRAP_KEY));
        Awaitility.await().atMost(LOOK_UP).until(() -> lookUpsAnsweredSince(before) > 0);
        CompletableFuture<Void> told = replicas.wire().passed("changed " + key.id());
        // When
        change(key, "POST /revoke", "{}");
        told.get(5, TimeUnit.SECONDS);
        replicas.wire().thaw();
        // Then
        assertThat(inFlight.get(5, TimeUnit.SECONDS)).isIn(VALID, "key_revoked");
        assertAllSay("key_revoked", key);
    }

    private static String now() throws SQLException {
        return query("SELECT clock_timestamp()");
    }

    private static int lookUpsAnsweredSince(String time) throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%FROM api_key_secret s%' "
                + "AND state = 'idle' AND pid <> pg_backend_pid() AND query_start > '" + time + "'"));
    }

    private static String query(String sql) throws SQLException {
        return Postgres.value(replicas.postgres(), sql);
    }

    @Test
    void aRevocationHoldsWithinMaxAgeWhileTheChannelIsKilledAllTheTime() throws Exception {
        // Given
        Key key = knownKey(Map.of());
        AtomicBoolean killing = new AtomicBoolean(true);
        var killed = CompletableFuture.supplyAsync(() -> killChannelsWhile(killing));
        try {
            // When
            change(key, "POST /revoke", "{}");
            // Then
            holdsWithin(MAX_AGE, key, "key_revoked");
        } finally {
            killing.set(false);
        }
        assertThat(killed.get(5, TimeUnit.SECONDS)).isPositive();
    }

    private static int killChannelsWhile(AtomicBoolean killing) {
        int killed = 0;
        while (killing.get()) {
            try {
                killed += Integer.parseInt(query(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'tollkeeper-channel'"));
            } catch (SQLException gone) {
                throw new IllegalStateException(gone);
            }
        }
        return killed;
    }

    /** As a network does that forgets an idle connection: nothing comes, and nobody says so. */
    @Test
    void aRevocationHoldsWithinMaxAgeWhenNothingComesOverTheChannel() {
        // Given
        Key first = knownKey(Map.of());
        Key second = knownKey(Map.of());
        Key third = knownKey(Map.of());
        int connections = replicas.wire().channels();
        replicas.wire().freezeChannel();
        // When
        change(first, "POST /revoke", "{}");
        // Then
        holdsWithin(MAX_AGE, first, "key_revoked");
        // When
        Awaitility.await("the dead connection is given up").atMost(Duration.ofSeconds(20))
                .until(() -> replicas.wire().channels() > connections);
        change(second, "POST /revoke", "{}");
        // Then
        holdsWithin(MAX_AGE, second, "key_revoked");
        // When
        replicas.wire().thaw();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isHeard(knownKey(Map.of())));
        change(third, "POST /revoke", "{}");
        // Then
        holdsWithin(BOUND, third, "key_revoked");
    }

    /** Neither the first try to listen nor the next ones come about. */
    @Test
    void aReplicaThatBeganDeafHearsAsSoonAsItCan() throws Exception {
        // Given
        TcpRelay wire = new TcpRelay(replicas.postgres().getPort());
        wire.freezeChannel();
        Key key = newKey(Map.of());
        var settings = Replicas.environment(wire.port(), Map.of("TOLLKEEPER_DATABASE_CONNECT_TIMEOUT", "1s"));
        try (PackagedService third = PackagedService.launch(directory, settings)) {
            third.awaitReady();
            Awaitility.await("the first try has failed").atMost(Duration.ofSeconds(20)).until(() -> wire.channels() > 1);
            given().header("X-API-Key", key.secret()).get(third.url("/api/auth/forward")).then().statusCode(200);
            // When
            wire.thaw();
            // Then
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isHeard(wire, knownKey(Map.of())));
        } finally {
            wire.cut();
        }
    }

    private static boolean isHeard(Key key) throws Exception {
        return isHeard(replicas.wire(), key);
    }

    private static boolean isHeard(TcpRelay wire, Key key) throws Exception {
        CompletableFuture<Void> told = wire.passed("changed " + key.id());
        change(key, "POST /revoke", "{}");
        try {
            told.get(1, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException deaf) {
            return false;
        }
    }

    /** Five real minutes, with {@code -Dtollkeeper.long=true} only. */
    @Test
    @EnabledIfSystemProperty(named = "tollkeeper.long", matches = "true")
    void aRevocationHoldsWithinASecondAfterFiveIdleMinutes() throws Exception {
        // Given
        Key key = knownKey(Map.of());
        Awaitility.await().atMost(Duration.ofMinutes(6)).pollDelay(Duration.ofMinutes(5)).until(() -> true);
        // When
        change(key, "POST /revoke", "{}");
        // Then
        holdsWithin(BOUND, key, "key_revoked");
    }

    private record Key(String id, String secret) {
        String path() {
            return "/api/manage/api-keys/" + id;
        }
    }

    /** A key that the second instance remembers as good. */
    private static Key knownKey(Map<String, Object> settings) {
        Key key = newKey(settings);
        assertAllSay(VALID, key);
        return key;
    }

    private static Key newKey(Map<String, Object> settings) {
        Response created = replicas.create("key " + UUID.randomUUID(), settings);
        return new Key(created.path("id"), created.path("api_key"));
    }

    private static void change(Key key, String call, String body) {
        String[] methodAndPath = call.split(" ");
        String path = key.path() + (methodAndPath.length > 1 ? methodAndPath[1] : "");
        management().body(body).request(methodAndPath[0], url(0, path)).then().statusCode(200);
    }

    /**
     * On every way in, and not only once: sooner than {@code bound}, or at the latest to whoever asks after it. How long such an
     * answer takes is not bounded here, since the machine may be busy.
     */
    private static void holdsWithin(Duration bound, Key key, String code) {
        Instant end = Instant.now().plus(bound);
        await(bound.plus(LOOK_UP)).until(() -> Instant.now().isAfter(end) || answers(key).stream().allMatch(code::equals));
        for (int i = 0; i < 3; i++) {
            assertAllSay(code, key);
        }
    }

    private static void assertAllSay(String code, Key key) {
        assertThat(answers(key)).containsOnly(code);
    }

    /**
     * What the second instance says of a key, way by way. {@code verify} also answers below JAX-RS, where a management key
     * asks: that one is of the key's team, and refused like the key when the team is suspended.
     */
    private static List<String> answers(Key key) {
        return Stream.concat(Arrays.stream(Way.values()).map(way -> ask(way, key, token)),
                Stream.of(ask(Way.VERIFY, key, TestSettings.BOOTSTRAP_KEY))).toList();
    }

    private static String ask(Way way, Key key, String asker) {
        return way.ask(replicas.port(1), key.secret(), "127.0.0.1", asker);
    }

    private static ConditionFactory await(Duration atMost) {
        return Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    private static Response verdict(Key key, String asker) {
        return as(asker).body(Map.of("key", key.secret(), "ip", "127.0.0.1")).post(url(1, "/api/keys/verify"));
    }

    private static RequestSpecification operator() {
        return as(token);
    }

    private static RequestSpecification as(String credential) {
        return given().header("Authorization", "Bearer " + credential).contentType(ContentType.JSON);
    }

    private static String url(int instance, String path) {
        return replicas.url(instance, path);
    }
}
