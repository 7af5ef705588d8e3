package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.testsupport.Api;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import dev.tollkeeper.testsupport.Way;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Invariant 17: whichever way it is asked for, and however often, the verdict is the same. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class VerdictsAgreeTest {
    private static final String ADDRESS = "198.51.100.20";

    private static final Set<String> OF_THE_PAID_API_ONLY = Set.of("budget_exhausted", "insufficient_balance");

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    @Inject
    Changes changes;

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /**
     * Seen to fail with the balance left out of Admission, with forward auth not looking at the team, and (cold only) with
     * refusals for the address let pass in Gate.admit.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "metadata = '{}' | valid",
            "revoked_at = now() | key_revoked",
            "enabled = false | key_disabled",
            "expires_at = now() | key_expired",
            "allowed_ips = '{10.0.0.0/8}' | ip_not_allowed",
            "allowed_ips = '{198.51.100.0/24}' | valid",
            "allowed_ips = '{nonsense}' | ip_not_allowed",
            "remaining_uses = 0 | budget_exhausted",
            "deleted_at = now() | key_invalid"})
    void everyWayOfAskingGivesTheSameVerdict(String change, String code) {
        // Given
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
        // Then
        assertAllSay(code);
    }

    @ParameterizedTest
    @CsvSource({"status = 'suspended',team_suspended", "billing_mode = 'prepaid',insufficient_balance",
            "credit_limit = 0,insufficient_balance", "credit_limit = 0.000000001,valid", "deleted_at = now(),key_invalid"})
    void theTeamCountsWhicheverWayItIsAsked(String change, String code) {
        // Given
        Database.update("UPDATE team SET " + change + " WHERE id = ?", team.id());
        // Then
        assertAllSay(code);
    }

    /** Seen to fail with a debt up to the limit let pass in Admission. */
    @ParameterizedTest
    @CsvSource({"4.999999999,insufficient_balance", "5,insufficient_balance", "5.000000001,valid", ",valid"})
    void aTeamThatOwesAsMuchAsItMayIsRefusedWhicheverWayItIsAsked(String limit, String code) {
        // Given
        spend("5");
        Database.update("UPDATE team SET credit_limit = ?::numeric WHERE id = ?", limit, team.id());
        // Then
        assertAllSay(code);
    }

    /** Seen to fail with keys of such teams remembered in KeyFinder. */
    @ParameterizedTest
    @EnumSource(names = {"VERIFY", "FORWARD_AUTH", "EXT_AUTHZ"})
    void theDebitThatReachesTheLimitIsInForceAtOnce(Way way) {
        // Given
        Database.update("UPDATE team SET credit_limit = 5 WHERE id = ?", team.id());
        assertThat(ask(way, key.secret())).isEqualTo("valid");
        // When
        spend("5");
        // Then
        assertThat(ask(way, key.secret())).isEqualTo("insufficient_balance");
        Usage.credit(team.id(), Map.of("amount", "0.000000001"));
        assertThat(ask(way, key.secret())).isEqualTo("valid");
    }

    private void spend(String amount) {
        String meter = Usage.meter();
        Usage.price(meter, "1");
        Usage.record(team.managementKey(), Usage.event(key.id(), meter, amount)).body("accepted", equalTo(1));
    }

    /** Invariant 24. Seen to fail with the end of the overlap not looked at in KeyFinder.live. */
    @Test
    void aRotatedOutSecretWorksForItsOverlapAndNotAfter() {
        // Given
        Database.update("UPDATE api_key_secret SET slot = 'previous', valid_until = now() + interval '1 hour' WHERE key_id = ?",
                key.id());
        assertAllSay("valid");
        // When
        TestClock.advance(Duration.ofHours(2));
        // Then: while it is remembered, and anew
        for (Way way : Way.values()) {
            assertThat(ask(way, key.secret())).as(way.name()).isEqualTo("key_invalid");
        }
        assertAllSay("key_invalid");
    }

    /** Invariant 24. Seen to fail with each secret counted by itself in Admission. */
    @ParameterizedTest
    @EnumSource(names = {"VERIFY", "FORWARD_AUTH", "EXT_AUTHZ"})
    void bothSecretsOfARotatedKeyHaveOneRateLimit(Way way) {
        // Given
        Database.update("UPDATE api_key SET rate_limit = 2, rate_limit_window_seconds = 3600 WHERE id = ?", key.id());
        assertThat(ask(way, key.secret())).isEqualTo("valid");
        // When
        String next = as(team.managementKey()).body(Map.of("overlap_seconds", 3600))
                .post("/api/manage/api-keys/" + key.id() + "/rotate").path("api_key");
        // Then
        assertThat(ask(way, next)).isEqualTo("valid");
        assertThat(ask(way, key.secret())).isEqualTo("rate_limited");
        assertThat(ask(way, next)).isEqualTo("rate_limited");
    }

    /** Invariant 23, of one instance that counts by itself. Seen to fail with a use taken twice in one of the ways. */
    @Test
    void aRateLimitIsExactHoweverManyAskAtOnce() {
        // Given
        Database.update("UPDATE api_key SET rate_limit = 50, rate_limit_window_seconds = 3600 WHERE id = ?", key.id());
        Way[] ways = Way.values();
        // When
        List<String> answers = AtOnce.run(200, i -> ask(ways[i % ways.length], key.secret()));
        // Then
        assertThat(answers).filteredOn("valid"::equals).hasSize(50);
        assertThat(answers).filteredOn("rate_limited"::equals).hasSize(150);
    }

    /** Invariant 19, of the calls that no ordinary key may make. */
    @Test
    void aRefusedCallOfTheApiUsesUpNothing() {
        // Given
        Database.update("UPDATE api_key SET rate_limit = 1, rate_limit_window_seconds = 3600 WHERE id = ?", key.id());
        for (int i = 0; i < 3; i++) {
            // When
            as(key.secret()).get("/api/manage/api-keys").then().statusCode(403);
        }
        // Then
        assertThat(ask(Way.WHOAMI, key.secret())).isEqualTo("valid");
        assertThat(ask(Way.WHOAMI, key.secret())).isEqualTo("rate_limited");
    }

    /** Invariant 19: what is noted of a use touches its own columns only. Seen to fail with metadata written in KeyUses, too. */
    @ParameterizedTest
    @EnumSource
    void aUseIsNotedWithoutTouchingWhatAPersonEdited(Way way) {
        // Given
        Database.update("UPDATE api_key SET name = 'edited' WHERE id = ?", key.id());
        var before = columnsOfOthers();
        // When
        assertThat(ask(way, key.secret())).isEqualTo("valid");
        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(
                () -> ADDRESS.equals(Database.value("SELECT last_used_ip FROM api_key WHERE id = ?", key.id())));
        assertThat(Database.value("SELECT last_used_at FROM api_key WHERE id = ?", key.id())).isNotNull();
        assertThat(columnsOfOthers()).isEqualTo(before);
    }

    private Object columnsOfOthers() {
        return Database.value("SELECT (to_jsonb(k) - 'last_used_at' - 'last_used_ip')::text FROM api_key k WHERE id = ?",
                key.id());
    }

    /** What manages Tollkeeper is a key like others to the paid API. */
    @Test
    void aManagementKeyIsJudgedAsAnyOther() {
        assertAllSay(team.managementKey(), "valid");
    }

    /** Invariant 22: no way in takes what only looks like a key. */
    @Test
    void whatIsNoKeyIsInvalidWhereverItIsPresented() {
        char last = key.secret().charAt(key.secret().length() - 1);
        String mistyped = key.secret().substring(0, key.secret().length() - 1) + (last == 'a' ? 'b' : 'a');
        for (String text : List.of("nonsense", "tk_short", mistyped, key.secret() + 'a')) {
            assertAllSay(text, "key_invalid");
        }
    }

    /** One attribute of a key's random part apart: seen to fail with a digest over the first 20 characters. */
    @Test
    void keysThatShareAPrefixAreNeverConfused() {
        // Given: bytes that differ in the last one only, or in the first one only
        var random = new SplittableRandom(3);
        for (int at : new int[]{0, 15, 31}) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            TestKey one = team.key(KeySecret.generate(KeyKind.ORDINARY, fixed(bytes)), "one " + at);
            bytes[at] ^= 1;
            TestKey other = team.key(KeySecret.generate(KeyKind.ORDINARY, fixed(bytes)), "other " + at);
            bytes[at] ^= 2;
            String unknown = KeySecret.generate(KeyKind.ORDINARY, fixed(bytes)).reveal();
            // Then
            verify(one.secret()).body("key_id", equalTo(one.id().toString()));
            verify(other.secret()).body("key_id", equalTo(other.id().toString()));
            verify(unknown).body("code", equalTo("key_invalid"));
            as(other.secret()).get("/api/auth/whoami").then().body("key.id", equalTo(other.id().toString()));
            as(other.secret()).get("/api/auth/forward").then().header("X-Tollkeeper-Key-Id", other.id().toString());
            assertThat(Envoy.as(other.secret()).ask().upstreamHeaders(Map.of()))
                    .containsEntry("x-tollkeeper-key-id", other.id().toString());
            assertThat(Envoy.as(unknown).ask().code()).isEqualTo("key_invalid");
        }
    }

    private void assertAllSay(String code) {
        assertAllSay(key.secret(), code);
    }

    /** Each way twice: when nothing is remembered of the key, and when its verdict is. */
    private void assertAllSay(String secret, String code) {
        for (Way way : Way.values()) {
            // Tollkeeper's own API costs a key nothing.
            String right = way == Way.WHOAMI && OF_THE_PAID_API_ONLY.contains(code) ? "valid" : code;
            changes.everything();
            assertThat(ask(way, secret)).as("%s, cold", way).isEqualTo(right);
            assertThat(ask(way, secret)).as("%s, cached", way).isEqualTo(right);
        }
    }

    private static String ask(Way way, String secret) {
        return way.ask(RestAssured.port, secret, ADDRESS, Api.token(TestSettings.OPERATOR_EMAIL));
    }

    private static io.restassured.response.ValidatableResponse verify(String secret) {
        return asOperator().body(Map.of("key", secret, "ip", ADDRESS)).post("/api/keys/verify").then().statusCode(200);
    }

    private static Random fixed(byte[] bytes) {
        return new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] target) {
                System.arraycopy(bytes, 0, target, 0, target.length);
            }
        };
    }
}
