package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.key.KeyCalls.put;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.key.KeyCalls.Made;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A key cannot lock itself out; others may do all of it to it. Seen to fail with KeyActor.isItself answering false. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyInUseResourceTest {
    private final TestTeam team = TestTeam.create();
    private Made key;

    @BeforeEach
    void makeKeys() {
        key = KeyCalls.make(team.managementKey(), Map.of("name", "in use", "is_management_key", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"enabled\":false}", "{\"scopes\":[\"keys:read\"]}", "{\"allowed_ips\":[\"10.0.0.0/8\"]}"})
    void aKeyCannotLockItselfOut(String body) {
        // When
        var response = put(key.secret(), key.id(), body);
        // Then
        problem(response, 400, "key_in_use");
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
        put(team.managementKey(), key.id(), body).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"renamed\"}", "{\"scopes\":[\"keys:write\"]}", "{\"allowed_ips\":[\"127.0.0.0/8\"]}",
            "{\"remaining_uses\":0}"})
    void aKeyMayEditItselfOtherwise(String body) {
        put(key.secret(), key.id(), body).statusCode(200);
    }

    @Test
    void theAddressIsTheEndClients() {
        // When
        var response = as(key.secret()).header("X-Forwarded-For", "10.1.2.3").body("{\"allowed_ips\":[\"127.0.0.1\"]}")
                .put(KEYS + "/" + key.id()).then();
        // Then
        problem(response, 400, "key_in_use");
        as(key.secret()).header("X-Forwarded-For", "10.1.2.3").body("{\"allowed_ips\":[\"10.0.0.0/8\"]}")
                .put(KEYS + "/" + key.id())
                .then().statusCode(200);
    }

    @Test
    void aKeyCannotDeleteOrRevokeItself() {
        // When
        problem(as(key.secret()).delete(KEYS + "/" + key.id()).then(), 400, "key_in_use");
        problem(as(key.secret()).body(Map.of("name", "in use")).delete(KEYS).then(), 400, "key_in_use");
        problem(KeyCalls.post(key.secret(), key.id(), "revoke", "{}"), 400, "key_in_use");
        // Then
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("valid");
        as(team.managementKey()).body(Map.of("name", "in use")).delete(KEYS).then().statusCode(200)
                .body("deleted", equalTo("in use"));
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_invalid");
    }

    @Test
    void aUserMayEndEveryKey() {
        asUser(team.adminEmail()).delete(KEYS + "/" + key.id()).then().statusCode(200);
    }

    @Test
    void aKeyMayRotateItself() {
        // When
        String next = KeyCalls.post(key.secret(), key.id(), "rotate", "{}").statusCode(200).extract().path("api_key");
        // Then
        assertThat(KeyCalls.verdict(next)).isEqualTo("valid");
        assertThat(KeyCalls.verdict(key.secret())).isEqualTo("key_invalid");
    }
}
