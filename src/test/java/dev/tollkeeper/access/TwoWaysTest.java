package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** Invariant 17: the way below JAX-RS and the way through it answer the same, to the byte. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TwoWaysTest {
    /** A request that weighs media types is not a plain one. */
    private static final String LONG_WAY = "application/json;q=0.9";
    private static final String SHORT_WAY = "*/*";

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    @ParameterizedTest
    @ValueSource(strings = {"scopes = '{b,a}', metadata = '{\"plan\":\"gold\"}', name = 'Käfer'",
            "expires_at = '2099-01-01T00:00:00Z'", "revoked_at = now()", "enabled = false", "allowed_ips = '{10.0.0.0/8}'",
            "allowed_ips = '{nonsense}'", "expires_at = now()", "remaining_uses = 0", "deleted_at = now()"})
    void verdictsAreTheSame(String change) {
        // Given
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
        remember();
        // When
        Response first = verify(SHORT_WAY, team.managementKey());
        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.asString()).isEqualTo(verify(LONG_WAY, team.managementKey()).asString());
        assertThat(first.contentType()).isEqualTo(verify(LONG_WAY, team.managementKey()).contentType());
    }

    /**
     * Invariants 15 and 19: another team's key is no key, whatever is the matter with it, and asking uses up nothing of it.
     * Seen to fail with the caller's team not asked for in VerifyRoute.
     */
    @ParameterizedTest
    @ValueSource(strings = {"name = 'good'", "revoked_at = now()", "allowed_ips = '{10.0.0.0/8}'",
            "rate_limit = 1, rate_limit_window_seconds = 3600", "remaining_uses = 1"})
    void anotherTeamsKeyIsUnknownEitherWay(String change) {
        // Given
        String stranger = TestTeam.create().managementKey();
        String unknown = KeySecret.generate(KeyKind.ORDINARY, new Random(1)).reveal();
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
        verify(LONG_WAY, team.managementKey(), key.secret(), 0);
        verify(LONG_WAY, stranger, unknown, 0);
        // When
        String shortWay = verify(SHORT_WAY, stranger).asString();
        String longWay = verify(LONG_WAY, stranger).asString();
        // Then
        assertThat(shortWay).isEqualTo(longWay).isEqualTo(verify(LONG_WAY, stranger, unknown, 1).asString());
        Response own = verify(LONG_WAY, team.managementKey(), key.secret(), 0);
        assertThat(own.<Integer>path("remaining_uses")).isIn(null, 1);
        assertThat(own.<Integer>path("rate_limit.remaining")).isIn(null, 1);
    }

    /** The short way refuses no caller itself. Seen to fail with the key's kind not asked for in PlainCallers. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{keys:verify}"})
    void callersAreRefusedTheSame(String scopes) {
        // Given: invariant 16, whatever the key is scoped
        Database.update("UPDATE api_key SET name = 'management admin', scopes = ?::text[] WHERE id = ?", scopes, key.id());
        remember();
        // When
        Response first = verify(SHORT_WAY, key.secret());
        // Then
        first.then().statusCode(403).body("code", equalTo("management_key_required"));
        verify(LONG_WAY, key.secret()).then().statusCode(403).body("code", equalTo("management_key_required"));
    }

    /** Seen to fail with the scope not asked for in PlainCaller.manages. */
    @Test
    void aCallerWithoutTheScopeIsRefusedTheSame() {
        // Given
        remember();
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE name = 'management' AND team_id = ?", team.id());
        as(team.managementKey()).get("/api/auth/whoami").then().statusCode(200);
        // When
        Response first = verify(SHORT_WAY, team.managementKey());
        // Then
        first.then().statusCode(403).body("code", equalTo("scope_missing"));
        verify(LONG_WAY, team.managementKey()).then().statusCode(403).body("code", equalTo("scope_missing"));
    }

    /** Invariant 20: no address is none that is allowed, and the gateway's own is not the client's. */
    @ParameterizedTest
    @ValueSource(strings = {"{10.0.0.0/8}", "{127.0.0.0/8}", "{nonsense}", "{}"})
    void withoutAnAddressVerdictsAreTheSame(String allowed) {
        // Given
        Database.update("UPDATE api_key SET allowed_ips = ?::text[] WHERE id = ?", allowed, key.id());
        remember();
        // When
        Response first = verify(SHORT_WAY, Map.of("key", key.secret()));
        // Then
        assertThat(first.asString()).isEqualTo(verify(LONG_WAY, Map.of("key", key.secret())).asString());
        assertThat(first.<String>path("code")).isEqualTo(allowed.equals("{}") ? "valid" : "ip_not_allowed");
    }

    /** Invariants 17, 19 and 23. Seen to fail with a cost of one taken whatever was asked for in Verification.answerAtOnce. */
    @Test
    void aRateLimitIsCountedTheSame() {
        // Given
        int limit = 20;
        Database.update("UPDATE api_key SET rate_limit = ?, rate_limit_window_seconds = 3600 WHERE id = ?", limit, key.id());
        verify(LONG_WAY, team.managementKey(), key.secret(), 0);
        int remaining = limit;
        for (int i = 0; i < 30; i++) {
            int cost = List.of(0, 1, 2, 3, limit + 1).get(i % 5);
            boolean fits = cost <= remaining;
            remaining -= fits ? cost : 0;
            // When
            Response answer = verify(i % 2 == 0 ? SHORT_WAY : LONG_WAY, team.managementKey(), key.secret(), cost);
            // Then
            assertThat(answer.<String>path("code")).as("cost " + cost + ", " + i).isEqualTo(fits ? "valid" : "rate_limited");
            assertThat(answer.<Integer>path("rate_limit.remaining")).as("cost " + cost + ", " + i).isEqualTo(remaining);
        }
    }

    @Test
    void aCallersKeyThatIsRateLimitedIsCountedEitherWay() {
        // Given
        Database.update(
                "UPDATE api_key SET rate_limit = 2, rate_limit_window_seconds = 60 WHERE name = 'management' AND team_id = ?",
                team.id());
        // When
        verify(SHORT_WAY, team.managementKey()).then().statusCode(200);
        verify(LONG_WAY, team.managementKey()).then().statusCode(200);
        // Then
        verify(SHORT_WAY, team.managementKey()).then().statusCode(429);
    }

    @Test
    void whoamiIsTheSame() {
        // Given
        Database.update("UPDATE api_key SET scopes = '{b,a}', expires_at = '2099-01-01T00:00:00Z' WHERE id = ?", key.id());
        remember();
        // When
        String first = as(key.secret()).accept(SHORT_WAY).get("/api/auth/whoami").then().statusCode(200).extract().asString();
        // Then
        assertThat(first)
                .isEqualTo(
                        as(key.secret()).accept(LONG_WAY).get("/api/auth/whoami").then().statusCode(200).extract().asString());
    }

    /** Seen to fail (500) while the short way read the bodies of HTTP/2 requests, which then could not go the long way. */
    @Test
    void overHttp2AKeyIsVerifiedThatNobodyRemembers() throws Exception {
        // Given
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/keys/verify"))
                .header("Authorization", "Bearer " + team.managementKey()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + key.secret() + "\"}")).build();
        for (int time = 0; time < 3; time++) {
            // When
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            // Then
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"valid\":true");
            Database.update("UPDATE api_key SET name = name || '!' WHERE id = ?", key.id());
        }
    }

    /** The first question goes to the database, which only the long way does. */
    private void remember() {
        verify(LONG_WAY, team.managementKey());
        as(key.secret()).accept(LONG_WAY).get("/api/auth/whoami");
    }

    private Response verify(String accept, Map<String, Object> body) {
        return as(team.managementKey()).accept(accept).body(body).post("/api/keys/verify");
    }

    private Response verify(String accept, String caller) {
        return verify(accept, caller, key.secret(), 1);
    }

    private static Response verify(String accept, String caller, String secret, int cost) {
        return as(caller).accept(accept).body(Map.of("key", secret, "ip", "198.51.100.20", "cost", cost))
                .post("/api/keys/verify");
    }
}
