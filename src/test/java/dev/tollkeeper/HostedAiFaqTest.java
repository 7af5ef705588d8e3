package dev.tollkeeper;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/**
 * What hosted.ai's FAQ says of its API: the credential, the reasons for a 401, and editing restrictions onto a key. Its
 * dates are in BillingSummaryResourceTest, its Python example in PythonExampleIT.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class HostedAiFaqTest {
    private static final String ELSEWHERE = "192.0.2.7";

    private final TestTeam team = TestTeam.create();

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** GET /api/users with the key in the Authorization header, or as its own client code sends it, in X-API-Key. */
    @ParameterizedTest
    @CsvSource({"Authorization,'Bearer '", "X-API-Key,''", "x-api-key,''"})
    void aKeyRetrievesTheUsers(String header, String scheme) {
        // When
        var response = given().header(header, scheme + team.managementKey()).get("/api/users").then();
        // Then
        response.statusCode(200).body("users.email", hasItem(team.adminEmail()));
    }

    @ParameterizedTest
    @CsvSource({"Authorisation,'Bearer '", "Authorization,''", "Authorization,'Basic '", "Authorization,'Token '",
            "Cookie,api_key=",
            "Bearer,''"})
    void aKeyInTheWrongPlaceIsMissing(String header, String before) {
        // When
        var response = given().header(header, before + team.managementKey()).get("/api/users").then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    @Test
    void anExpiredKeyIsSaidToBeExpired() {
        // Given
        String secret = createKey(Map.of("expires_at", Instant.now().plus(1, ChronoUnit.HOURS).toString())).path("api_key");
        as(secret).get("/api/users").then().statusCode(200);
        // When
        TestClock.advance(Duration.ofMinutes(61));
        // Then
        problem(as(secret).get("/api/users").then(), 401, "key_expired");
    }

    @Test
    void anIpRestrictedKeyIsSaidToBeRestricted() {
        // Given
        String secret = createKey(Map.of("allowed_ips", List.of("203.0.113.0/24"))).path("api_key");
        // When
        var response = as(secret).header("X-Forwarded-For", ELSEWHERE).get("/api/users").then();
        // Then
        problem(response, 401, "ip_not_allowed");
        as(secret).header("X-Forwarded-For", "203.0.113.9").get("/api/users").then().statusCode(200);
    }

    @Test
    void aRevokedKeyIsSaidToBeRevoked() {
        // Given
        Response key = createKey(Map.of());
        // When
        as(team.managementKey()).post("/api/manage/api-keys/" + key.path("id") + "/revoke").then().statusCode(200);
        // Then
        problem(as(key.path("api_key")).get("/api/users").then(), 401, "key_revoked");
    }

    @Test
    void aKeyThatNeverWasIsInvalid() {
        // When
        var response = as("YOUR_API_KEY").get("/api/users").then();
        // Then
        problem(response, 401, "key_invalid");
    }

    /** "create a new API key without any IP, expiry restrictions, then if that works edit the API token to additional restrictions". */
    @Test
    void restrictionsCanBeEditedOntoAKeyInUse() {
        // Given
        Response key = createKey(Map.of());
        String secret = key.path("api_key");
        as(secret).header("X-Forwarded-For", ELSEWHERE).get("/api/users").then().statusCode(200);
        String path = "/api/manage/api-keys/" + key.path("id");
        String expiry = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
        // When
        as(team.managementKey()).body(Map.of("allowed_ips", List.of("203.0.113.0/24"), "expires_at", expiry)).put(path).then()
                .statusCode(200).body("allowed_ips", equalTo(List.of("203.0.113.0/24"))).body("expires_at", equalTo(expiry))
                .body("hint", equalTo(key.path("hint")));
        // Then: the value of the key has not changed
        problem(as(secret).header("X-Forwarded-For", ELSEWHERE).get("/api/users").then(), 401, "ip_not_allowed");
        as(secret).header("X-Forwarded-For", "203.0.113.9").get("/api/users").then().statusCode(200);
        TestClock.advance(Duration.ofDays(31));
        problem(as(secret).header("X-Forwarded-For", "203.0.113.9").get("/api/users").then(), 401, "key_expired");
    }

    @Test
    void errorsCarryAMessageAndFieldsAsItsClientsReadThem() {
        // When
        var response = as(team.managementKey()).body(Map.of("name", "")).post("/api/manage/api-keys").then();
        // Then
        problem(response, 400, "invalid_request").body("error", notNullValue()).body("errors[0].field", equalTo("name"))
                .body("errors[0].message", notNullValue());
    }

    private Response createKey(Map<String, Object> settings) {
        Map<String, Object> body = new java.util.HashMap<>(settings);
        body.putAll(Map.of("name", "key " + dev.tollkeeper.http.Ids.next(), "is_management_key", true));
        Response created = as(team.managementKey()).body(body).post("/api/manage/api-keys");
        created.then().statusCode(201);
        return created;
    }
}
