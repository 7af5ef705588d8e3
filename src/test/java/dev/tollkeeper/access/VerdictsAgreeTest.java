package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 17: whichever way it is asked for, and however often, the verdict is the same. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class VerdictsAgreeTest {
    private static final String ADDRESS = "198.51.100.20";

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /** Seen to fail with the balance left out of Admission, and with forward auth not looking at the team. */
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
            "deleted_at = now(),key_invalid"})
    void theTeamCountsWhicheverWayItIsAsked(String change, String code) {
        // Given
        Database.update("UPDATE team SET " + change + " WHERE id = ?", team.id());
        // Then
        assertAllSay(code);
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
        // Then
        assertAllSay("key_invalid");
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
            assertThat(Envoy.as(other.secret()).ask().upstreamHeaders(Map.of()))
                    .containsEntry("x-tollkeeper-key-id", other.id().toString());
            assertThat(Envoy.as(unknown).ask().code()).isEqualTo("key_invalid");
        }
    }

    private void assertAllSay(String code) {
        assertAllSay(key.secret(), code);
    }

    private static void assertAllSay(String secret, String code) {
        for (int time = 0; time < 2; time++) {
            verify(secret).body("code", equalTo(code));
            var forwarded = as(secret).header("X-Forwarded-For", ADDRESS).get("/api/auth/forward");
            assertThat(forwarded.statusCode() == 200 ? "valid" : forwarded.path("code")).isEqualTo(code);
            assertThat(Envoy.as(secret).from(ADDRESS).ask().code()).isEqualTo(code);
        }
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
