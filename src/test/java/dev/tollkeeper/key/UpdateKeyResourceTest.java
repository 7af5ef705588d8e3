package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.put;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.key.KeyCalls.Made;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UpdateKeyResourceTest {
    private static final String FULL = """
            {"name":"%s","scopes":["a"],"allowed_ips":["10.0.0.0/8"],"expires_at":"2099-01-01T00:00:00Z",
             "rate_limit":{"limit":5,"window_seconds":60},"remaining_uses":7,"metadata":{"plan":"gold"}}
            """;

    private final TestTeam team = TestTeam.create();
    private Made key;

    @BeforeEach
    void makeKeys() {
        key = Made.of(dev.tollkeeper.testsupport.Api.as(team.managementKey())
                .body(FULL.formatted(KeyCalls.unique())).post(KeyCalls.KEYS).then().statusCode(201).extract());
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    @Test
    void whatIsSentIsChanged() {
        // When
        var response = edit("""
                {"name":"renamed","enabled":false,"scopes":["b","b"],"allowed_ips":["::1"],"expires_at":"2098-01-01T00:00:00Z",
                 "rate_limit":{"limit":6,"window_seconds":61},"remaining_uses":8,"metadata":{"plan":"silver"}}
                """);
        // Then
        response.statusCode(200).body("name", equalTo("renamed")).body("enabled", equalTo(false))
                .body("status", equalTo("disabled")).body("scopes", equalTo(List.of("b")))
                .body("allowed_ips", equalTo(List.of("::1"))).body("expires_at", equalTo("2098-01-01T00:00:00Z"))
                .body("rate_limit", equalTo(Map.of("limit", 6, "window_seconds", 61))).body("remaining_uses", equalTo(8))
                .body("metadata.plan", equalTo("silver"))
                .body("hint", equalTo(key.secret().substring(key.secret().length() - 4)));
        assertThat(KeyCalls.get(team.managementKey(), key.id()).extract().asString()).isEqualTo(response.extract().asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"metadata\":{\"plan\":\"gold\"}}", "{\"expires_at\":\"2099-01-01T00:00:00Z\"}"})
    void whatIsLeftOutOrTheSameStaysAsItIs(String body) {
        // Given
        String before = KeyCalls.get(team.managementKey(), key.id()).extract().asString();
        // When
        edit(body).statusCode(200);
        // Then
        assertThat(KeyCalls.get(team.managementKey(), key.id()).extract().asString()).isEqualTo(before);
        assertThat(KeyCalls.audit(key.id())).extracting("action").containsExactly("key.created");
    }

    @Test
    void nullClears() {
        // When
        var response = edit(
                "{\"scopes\":null,\"allowed_ips\":null,\"expires_at\":null,\"rate_limit\":null,\"remaining_uses\":null,"
                        + "\"metadata\":null}");
        // Then
        response.statusCode(200).body("scopes", equalTo(List.of())).body("allowed_ips", equalTo(List.of()))
                .body("expires_at", nullValue()).body("rate_limit", nullValue()).body("remaining_uses", nullValue())
                .body("metadata", aMapWithSize(0)).body("name", equalTo(key.name()));
    }

    @Test
    void clearedScopesOfAManagementKeyAreAll() {
        // Given
        var management = KeyCalls.make(team.managementKey(),
                Map.of("name", "m", "is_management_key", true, "scopes", List.of("keys:read")));
        // When
        var response = put(team.managementKey(), management.id(), "{\"scopes\":null}");
        // Then
        response.statusCode(200).body("scopes.size()", equalTo(Scope.values().length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"name | null", "enabled | null", "name | \" a\"", "enabled | \"no\"",
            "expires_at | \"2020-01-01T00:00:00Z\"", "expires_at | 1", "rate_limit.limit | {}", "remaining_uses | -1",
            "remaining_uses | 99999999999999999999999", "metadata | 1", "scopes[0] | [\"a b\"]",
            "allowed_ips[0] | [\"10.0.0.1/8\"]",
            "is_management_key | true", "id | \"x\"", "created_by | \"x\"", "team_id | \"x\"", "hint | \"aaaa\"",
            "status | \"active\"",
            "revoked_at | null", "last_used_at | null"})
    void aFieldThatCannotBeTakenIsNamedAndNothingIsChanged(String field, String value) {
        // Given
        String before = KeyCalls.get(team.managementKey(), key.id()).extract().asString();
        // When
        var response = edit("{\"enabled\":"
                + ("enabled".equals(field) ? value : "false,\"" + field.replaceAll("[.\\[].*", "") + "\":" + value)
                + "}");
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
        assertThat(KeyCalls.get(team.managementKey(), key.id()).extract().asString()).isEqualTo(before);
    }

    @Test
    void aManagementKeysScopesStayManagementScopes() {
        // Given
        var management = KeyCalls.make(team.managementKey(), Map.of("name", "m", "is_management_key", true));
        // When
        problem(put(team.managementKey(), management.id(), "{\"scopes\":[]}"), 400, "invalid_request");
        // Then
        problem(put(team.managementKey(), management.id(), "{\"scopes\":[\"chat\"]}"), 400, "invalid_request")
                .body("errors.field", hasItem("scopes[0]"));
    }

    @Test
    void aNameOfAnotherLiveKeyIsTaken() {
        // Given
        KeyCalls.make(team.managementKey(), Map.of("name", "taken"));
        // When
        var response = edit("{\"name\":\"taken\"}");
        // Then
        problem(response, 400, "duplicate_name");
    }

    @Test
    void anExpiryThatHasPassedCanStayOrBeExtended() {
        // Given
        KeyCalls.set(key.id(), "allowed_ips = '{}', expires_at = '2020-01-01T00:00:00Z'");
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_expired");
        // When
        edit("{\"expires_at\":\"2020-01-01T00:00:00Z\",\"name\":\"still expired\"}").statusCode(200).body("status",
                equalTo("expired"));
        edit("{\"expires_at\":\"2099-01-01T00:00:00Z\"}").statusCode(200).body("status", equalTo("active"));
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
    }

    @Test
    void anExpiryIsOverWhenItsInstantComes() {
        // Given
        KeyCalls.set(key.id(), "allowed_ips = '{}'");
        // When
        TestClock.moveTo(java.time.Instant.parse("2099-01-01T00:00:00Z").minus(Duration.ofMinutes(10)));
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
        TestClock.advance(Duration.ofMinutes(10));
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_expired");
    }

    /** hosted.ai's FAQ: restrictions edited onto a key in use are in force with its next request; the secret stays. */
    @Test
    void anEditIsInForceWithTheNextRequest() {
        // Given
        edit("{\"allowed_ips\":null,\"remaining_uses\":null}").statusCode(200);
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
        // When
        edit("{\"allowed_ips\":[\"10.0.0.0/8\"]}").statusCode(200);
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("ip_not_allowed");
        edit("{\"allowed_ips\":[],\"enabled\":false}").statusCode(200);
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_disabled");
        edit("{\"enabled\":true}").statusCode(200);
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
    }

    @Test
    void aRevokedKeyIsNotEdited() {
        // Given
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200);
        // When
        var response = edit("{\"enabled\":true}");
        // Then
        problem(response, 409, "state_conflict");
        KeyCalls.get(team.managementKey(), key.id()).body("status", equalTo("revoked"));
    }

    private ValidatableResponse edit(String body) {
        return put(team.managementKey(), key.id(), body);
    }
}
