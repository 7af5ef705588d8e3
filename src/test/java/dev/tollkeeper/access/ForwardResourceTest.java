package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ForwardResourceTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void anyMethodOfAGoodKeyIsLetThroughWithItsIdentity(String method) {
        // Given
        set("name = 'Käfer 100%', scopes = '{b,a}'");
        // When
        var response = asNobody().header("X-API-Key", key.secret()).request(Method.valueOf(method), "/api/auth/forward").then();
        // Then
        response.statusCode(200).body(emptyString()).header("X-Tollkeeper-Key-Id", key.id().toString())
                .header("X-Tollkeeper-Key-Name", "K%C3%A4fer%20100%25").header("X-Tollkeeper-Team-Id", team.id().toString())
                .header("X-Tollkeeper-Project-Id", team.projectId().toString())
                .header("X-Tollkeeper-User-Id", team.adminId().toString()).header("X-Tollkeeper-Scopes", "a b");
    }

    /** Invariant 14. Seen to fail with OPTIONS let through. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void noCredentialIsAskedForOneWhateverTheMethod(String method) {
        // When
        var response = given().request(Method.valueOf(method), "/api/auth/forward").then();
        // Then
        response.statusCode(401).header("WWW-Authenticate", "Bearer realm=\"tollkeeper\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "revoked_at = now() | 401 | key_revoked", "enabled = false | 401 | key_disabled",
            "expires_at = now() | 401 | key_expired", "allowed_ips = '{10.0.0.0/8}' | 401 | ip_not_allowed",
            "allowed_ips = '{garbage}' | 401 | ip_not_allowed", "remaining_uses = 0 | 402 | budget_exhausted"})
    void aKeyThatMayNotBeUsedIsRefused(String change, int status, String code) {
        // Given
        set(change);
        // When
        var response = forward();
        // Then
        problem(response, status, code);
    }

    @Test
    void aSuspendedTeamIsRefused() {
        // Given
        Database.update("UPDATE team SET status = 'suspended' WHERE id = ?", team.id());
        // When
        var response = forward();
        // Then
        problem(response, 403, "team_suspended");
    }

    @Test
    void aPrepaidTeamWithNothingLeftIsRefused() {
        // Given
        Database.update("UPDATE team SET billing_mode = 'prepaid' WHERE id = ?", team.id());
        // When
        var response = forward();
        // Then
        problem(response, 402, "insufficient_balance");
    }

    @Test
    void aRateLimitRefusesUntilItsWindowIsNew() {
        // Given
        set("rate_limit = 2, rate_limit_window_seconds = 60");
        forward().statusCode(200).header("RateLimit-Policy", equalTo("\"key\";q=2;w=60"))
                .header("RateLimit", matchesPattern("\"key\";r=1;t=(59|60)"));
        forward().statusCode(200).header("RateLimit", matchesPattern("\"key\";r=0;t=(59|60)"));
        // When
        var third = forward();
        // Then
        problem(third, 429, "rate_limited").header("RateLimit", matchesPattern("\"key\";r=0;t=[0-9]+"))
                .header("Retry-After", matchesPattern("(59|60)"));
        TestClock.advance(Duration.ofSeconds(61));
        forward().statusCode(200);
    }

    @Test
    void aUserTokenIsNoApiKey() {
        // Given
        String token = dev.tollkeeper.testsupport.Api.token(team.adminEmail());
        // When
        var response = asNobody().header("Authorization", "Bearer " + token).get("/api/auth/forward").then();
        // Then
        problem(response, 401, "key_invalid");
    }

    @Test
    void noCredentialIsAProblem() {
        problem(asNobody().get("/api/auth/forward").then(), 401, "credentials_missing");
    }

    @Test
    void twoDifferingCredentialsAreAConflict() {
        // When
        var response = asNobody().header("X-API-Key", key.secret()).header("Authorization", "Bearer " + team.managementKey())
                .get("/api/auth/forward").then();
        // Then
        problem(response, 400, "credentials_conflict");
    }

    @Test
    void theSameCredentialTwiceIsNone() {
        // When
        var response = asNobody().header("X-API-Key", key.secret()).header("Authorization", "Bearer " + key.secret())
                .get("/api/auth/forward").then();
        // Then
        response.statusCode(200);
    }

    @Test
    void aKeyInTheQueryStringIsNotSeen() {
        // When
        var response = asNobody().queryParams(Map.of("api_key", key.secret(), "access_token", key.secret()))
                .get("/api/auth/forward")
                .then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    /** Invariant 21. Seen to fail with the left-most hop taken in ClientAddress. */
    @Test
    void theAddressIsTheRightMostHopThatIsNotTrusted() {
        // Given
        set("allowed_ips = '{203.0.113.7}'");
        // When
        var honest = from("203.0.113.7").statusCode(200);
        var spoofed = from("203.0.113.7, 198.51.100.1");
        // Then
        honest.statusCode(200);
        problem(spoofed, 401, "ip_not_allowed");
        from("198.51.100.1, 203.0.113.7, 127.0.0.1").statusCode(200);
        problem(from("203.0.113.7, garbage"), 401, "ip_not_allowed");
    }

    /**
     * Invariant 21: whoever is no trusted proxy speaks for nobody, also where the key is remembered. Seen to fail with the
     * peer's trust not asked for.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/forward", "/api/auth/whoami"})
    void whoeverIsNoTrustedProxyIsItselfTheClient(String path) {
        // Given
        set("allowed_ips = '{203.0.113.7}'");
        asNobody().header("X-API-Key", key.secret()).header("X-Forwarded-For", "203.0.113.7").get(path).then().statusCode(200);
        // When
        var claimed = fromElsewhere("203.0.113.7").get(path).then();
        set("allowed_ips = '{127.0.0.2}'");
        var own = fromElsewhere("203.0.113.7").get(path).then();
        // Then
        problem(claimed, 401, "ip_not_allowed");
        own.statusCode(200);
        fromElsewhere("203.0.113.7").get(path).then().statusCode(200);
    }

    /** A request of the key's from an address of this machine that is no trusted proxy's. */
    private RequestSpecification fromElsewhere(String forwardedFor) {
        var from = HttpClientConfig.httpClientConfig().setParam("http.route.local-address",
                new InetSocketAddress("127.0.0.2", 0).getAddress());
        return asNobody().config(RestAssured.config().httpClient(from)).header("X-API-Key", key.secret())
                .header("X-Forwarded-For", forwardedFor);
    }

    private ValidatableResponse forward() {
        return asNobody().header("Authorization", "Bearer " + key.secret()).get("/api/auth/forward").then();
    }

    private ValidatableResponse from(String forwardedFor) {
        return asNobody().header("Authorization", "Bearer " + key.secret()).header("X-Forwarded-For", forwardedFor)
                .get("/api/auth/forward").then();
    }

    private void set(String change) {
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
    }
}
