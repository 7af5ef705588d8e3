package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.key.KeyCalls.Made;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Revoking and deleting. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EndKeyResourceTest {
    private final TestTeam team = TestTeam.create();
    private Made key;

    @BeforeEach
    void makeKeys() {
        key = KeyCalls.make(team.managementKey());
    }

    @Test
    void aDeletedKeyIsGone() {
        // When
        as(team.managementKey()).delete(KEYS + "/" + key.id()).then().statusCode(200).body("success", equalTo(true))
                .body("deleted", equalTo(key.name()));
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_invalid");
        problem(KeyCalls.get(team.managementKey(), key.id()), 404, "not_found");
        problem(as(team.managementKey()).delete(KEYS + "/" + key.id()).then(), 404, "not_found");
        problem(KeyCalls.post(team.managementKey(), key.id(), "rotate", "{}"), 404, "not_found");
        as(team.managementKey()).queryParam("name", key.name()).get(KEYS).then().body("api_keys", equalTo(List.of()));
        assertThat(Database.query("SELECT 1 FROM api_key_secret WHERE key_id = ?::uuid", key.id())).isEmpty();
        assertThat(Database.query("SELECT 1 FROM api_key WHERE id = ?::uuid AND deleted_at IS NOT NULL", key.id())).hasSize(1);
    }

    @Test
    void deletingByNameTakesTheLiveKeyFirstAndThenTheNewestRevokedOne() {
        // Given
        revoke(key);
        var second = KeyCalls.make(team.managementKey(), Map.of("name", key.name()));
        revoke(second);
        var live = KeyCalls.make(team.managementKey(), Map.of("name", key.name()));
        // When
        List<String> left = List.of(deleteByName(), deleteByName(), deleteByName());
        // Then
        assertThat(left).containsExactly(key.id() + " " + second.id(), key.id(), "");
        assertThat(KeyCalls.verdict(live.secret())).isEqualTo("key_invalid");
        problem(as(team.managementKey()).body(Map.of("name", key.name())).delete(KEYS).then(), 404, "not_found");
    }

    private String deleteByName() {
        as(team.managementKey()).body(Map.of("name", key.name())).delete(KEYS).then().statusCode(200);
        List<String> ids = as(team.managementKey()).queryParam("name", key.name()).get(KEYS).path("api_keys.id");
        return String.join(" ", ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":5}", "{\"name\":\"\"}", "{\"name\":\"a\\u0000\"}",
            "{\"name\":\"a\",\"id\":\"b\"}", "[]", ""})
    void aNameToDeleteThatCannotBeTakenIsRefused(String body) {
        problem(as(team.managementKey()).body(body).delete(KEYS).then(), 400, "invalid_request");
    }

    @Test
    void aRevokedKeyIsRefusedForGood() {
        // When
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200).body("status", equalTo("revoked"))
                .body("enabled", equalTo(true));
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_revoked");
        problem(KeyCalls.put(team.managementKey(), key.id(), "{\"enabled\":true}"), 409, "state_conflict");
        problem(KeyCalls.post(team.managementKey(), key.id(), "rotate", "{}"), 409, "state_conflict");
        as(team.managementKey()).get(KEYS).then().body("api_keys.id", hasItem(key.id()));
        KeyCalls.get(team.managementKey(), key.id()).body("status", equalTo("revoked"));
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_revoked");
    }

    @Test
    void revokingTwiceIsRevokingOnce() {
        // Given
        String first = KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").extract().asString();
        Object at = Database.value("SELECT revoked_at FROM api_key WHERE id = ?::uuid", key.id());
        // When: this time with no body at all, as clients send it
        String second = as(team.managementKey()).post(KEYS + "/" + key.id() + "/revoke").then().statusCode(200).extract()
                .asString();
        // Then
        assertThat(second).isEqualTo(first);
        assertThat(Database.value("SELECT revoked_at FROM api_key WHERE id = ?::uuid", key.id())).isEqualTo(at);
        assertThat(KeyCalls.audit(key.id())).extracting("action").containsExactly("key.created", "key.revoked");
    }

    @Test
    void aRevokedKeyCanBeDeleted() {
        // Given
        revoke(key);
        // When
        as(team.managementKey()).delete(KEYS + "/" + key.id()).then().statusCode(200);
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_invalid");
    }

    private void revoke(Made ended) {
        KeyCalls.post(team.managementKey(), ended.id(), "revoke", "{}").statusCode(200);
    }
}
