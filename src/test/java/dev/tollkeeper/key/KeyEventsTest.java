package dev.tollkeeper.key;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Which events the calls of keys write. The receiver's name is never found: what matters here is what is written for it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyEventsTest {
    private final TestTeam team = TestTeam.create();

    @BeforeEach
    void listen() {
        make(team, "https://hooks.invalid", WebhookType.KEY_CREATED, WebhookType.KEY_ROTATED, WebhookType.KEY_REVOKED);
    }

    @AfterEach
    void forget() {
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    /** Seen to fail with the deletion of a revoked key told as well. */
    @Test
    void aKeysLifeIsToldInOrderWithoutItsSecrets() {
        // Given
        var key = KeyCalls.make(team.managementKey());
        // When
        String second = KeyCalls.post(team.managementKey(), key.id(), "rotate", "").statusCode(200).extract().path("api_key");
        KeyCalls.put(team.managementKey(), key.id(), Map.of("name", "renamed")).statusCode(200);
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "").statusCode(200);
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "").statusCode(200);
        as(team.managementKey()).delete(KeyCalls.KEYS + "/" + key.id()).then().statusCode(200);
        // Then
        assertThat(told()).extracting("type").containsExactly("key.created", "key.rotated", "key.revoked");
        assertThat(told()).extracting("key_id").containsOnly(key.id());
        assertThat(told()).extracting("name").containsExactly(key.name(), key.name(), "renamed");
        assertThat(told()).extracting("hint").containsExactly(hint(key.secret()), hint(second), hint(second));
        assertThat(told().toString()).doesNotContain(key.secret(), second);
    }

    @Test
    void aKeyThatIsDeletedIsToldLikeOneThatIsRevoked() {
        // Given
        var key = KeyCalls.make(team.managementKey());
        // When
        as(team.managementKey()).body(Map.of("name", key.name())).delete(KeyCalls.KEYS).then().statusCode(200);
        // Then
        assertThat(told()).extracting("type").containsExactly("key.created", "key.revoked");
    }

    @Test
    void aCallThatIsRepeatedOrRefusedIsToldOnceOrNever() {
        // Given
        String once = Ids.next().toString();
        Map<String, Object> body = Map.of("name", "once");
        // When
        as(team.managementKey()).header("Idempotency-Key", once).body(body).post(KeyCalls.KEYS).then().statusCode(201);
        as(team.managementKey()).header("Idempotency-Key", once).body(body).post(KeyCalls.KEYS).then().statusCode(201);
        as(team.managementKey()).body(body).post(KeyCalls.KEYS).then().statusCode(400);
        // Then
        assertThat(told()).hasSize(1);
    }

    private static String hint(String secret) {
        return secret.substring(secret.length() - 4);
    }

    private List<Map<String, Object>> told() {
        return Database.query("""
                SELECT type, body, body::jsonb -> 'data' ->> 'key_id' AS key_id, body::jsonb -> 'data' ->> 'name' AS name,
                       body::jsonb -> 'data' ->> 'hint' AS hint
                FROM webhook_delivery WHERE team_id = ? ORDER BY created_at
                """, team.id());
    }
}
