package dev.tollkeeper.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/**
 * The key calls of the Cortecs Management API, as its public page has them: a client written for it finds them here with
 * another base URL. Only what that client knows is used: the three calls, the bearer, and {@code error} as a string.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CortecsKeysTest {
    private static final String API_KEYS = "/api/manage/api-keys";

    private final TestTeam team = TestTeam.create();

    @Test
    void keysAreListed() {
        // Given
        client().body(Map.of("name", "my-new-key")).post(API_KEYS).then().statusCode(201);
        // When
        var response = client().get(API_KEYS).then();
        // Then
        response.statusCode(200).contentType(ContentType.JSON)
                .body("api_keys.name", equalTo(List.of("management", "my-new-key")))
                .body("api_keys.is_management_key", equalTo(List.of(true, false)))
                .body("api_keys.created_at", everyItem(instanceOf(Integer.class))).body("api_keys[0]", not(hasKey("api_key")));
    }

    @Test
    void aKeyIsCreatedAndShownOnce() {
        // When
        var response = client().body("{\"name\":\"my-new-key\",\"is_management_key\":false}").post(API_KEYS).then();
        // Then
        response.statusCode(201).body("name", equalTo("my-new-key")).body("api_key", instanceOf(String.class));
        String secret = response.extract().path("api_key");
        assertThat(client().get(API_KEYS).asString()).doesNotContain(secret);
    }

    @Test
    void aManagementKeyIsCreatedAndManages() {
        // Given
        String secret = client().body(Map.of("name", "boss", "is_management_key", true)).post(API_KEYS).path("api_key");
        // When
        var response = bearer(secret).get(API_KEYS).then();
        // Then
        response.statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":\"\"}", "{\"name\":7}", "{\"name\":\"n\",\"is_management_key\":\"true\"}",
            "not json", ""})
    void invalidInputIsABadRequest(String body) {
        error(client().body(body).post(API_KEYS).then(), 400, "");
    }

    @Test
    void aDuplicateNameIsABadRequest() {
        // Given
        client().body(Map.of("name", "my-new-key")).post(API_KEYS).then().statusCode(201);
        // When
        var response = client().body(Map.of("name", "my-new-key")).post(API_KEYS).then();
        // Then
        error(response, 400, "already has an API key named 'my-new-key'");
    }

    @Test
    void theKeyLimitIsABadRequest() {
        // Given: the management key is the hundredth
        Database.update(
                "INSERT INTO api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, scopes, "
                        + "allowed_ips, metadata, created_at) SELECT ?, gen_random_uuid(), ?, ?, 'filler ' || n, false, 'aaaa', true, '{}', '{}', "
                        + "'{}', now() FROM generate_series(1, 99) n",
                team.id(), team.projectId(), team.adminId());
        // When
        var response = client().body(Map.of("name", "one too many")).post(API_KEYS).then();
        // Then
        error(response, 400, "has 100 API keys, and may have 100");
    }

    @Test
    void aKeyIsDeletedByItsName() {
        // Given
        String secret = client().body(Map.of("name", "my-old-key")).post(API_KEYS).path("api_key");
        // When
        var response = client().body(Map.of("name", "my-old-key")).delete(API_KEYS).then();
        // Then
        response.statusCode(200).body("$", equalTo(Map.of("success", true, "deleted", "my-old-key")));
        error(bearer(secret).get(API_KEYS).then(), 401, "");
        client().get(API_KEYS).then().body("api_keys.name", equalTo(List.of("management")));
    }

    @Test
    void theKeyInUseIsNotDeleted() {
        error(client().body(Map.of("name", "management")).delete(API_KEYS).then(), 400, "This is the key in use");
    }

    @Test
    void aKeyThatDoesNotExistIsNotFound() {
        error(client().body(Map.of("name", "my-old-key")).delete(API_KEYS).then(), 404, "API key not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void aMissingOrInvalidTokenIsUnauthorized(String method) {
        // Given
        String body = "GET".equals(method) ? "" : "{\"name\":\"n\"}";
        // When
        error(given().contentType(ContentType.JSON).body(body).request(method, API_KEYS).then(), 401, "");
        // Then
        error(bearer("nonsense").body(body).request(method, API_KEYS).then(), 401, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void aKeyThatIsNoManagementKeyIsForbidden(String method) {
        // When
        var response = bearer(team.ordinaryKey().secret()).body("GET".equals(method) ? "" : "{\"name\":\"n\"}")
                .request(method, API_KEYS).then();
        // Then
        error(response, 403, "The provided API key is not a management key.");
        error(response, 403, "A management API key must be used as the Bearer token.");
    }

    private RequestSpecification client() {
        return bearer(team.managementKey());
    }

    private static RequestSpecification bearer(String key) {
        return given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
    }

    private static void error(ValidatableResponse response, int status, String sentence) {
        response.statusCode(status).body("error", instanceOf(String.class)).body("error", containsString(sentence));
    }
}
