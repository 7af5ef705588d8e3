package dev.tollkeeper.key;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The event {@code key.expiring}. The receiver's name is never found: what matters here is what is written for it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyExpiryNoticeTest {
    private static final String URL = "https://hooks.invalid";

    @Inject
    KeyExpiryNotice job;

    private final TestTeam team = TestTeam.create();

    @AfterEach
    void forget() {
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    /** Seen to fail where it is not looked at what was told already. */
    @Test
    void aKeyThatExpiresWithinTheNoticeIsToldOfOnce() {
        // Given
        make(team, URL, WebhookType.KEY_EXPIRING);
        var key = expiringIn(Duration.ofDays(7).minusMinutes(1));
        expiringIn(Duration.ofDays(7).plusMinutes(10));
        // When
        AtOnce.run(8, i -> {
            tell();
            return null;
        });
        tell();
        // Then
        assertThat(told()).hasSize(1).first().satisfies(event -> assertThat(event).containsEntry("key_id", key.id())
                .containsEntry("name", key.name()).containsEntry("expires_at", as(team.managementKey())
                        .get(KeyCalls.KEYS + "/" + key.id()).path("expires_at")));
    }

    /** Seen to fail where it is not looked at what was told already. */
    @Test
    void anotherExpiryIsToldOfAgain() {
        // Given
        make(team, URL, WebhookType.KEY_EXPIRING);
        var key = expiringIn(Duration.ofDays(1));
        tell();
        // When
        KeyCalls.put(team.managementKey(), key.id(), Map.of("expires_at", Instant.now().plus(Duration.ofDays(2)).toString()))
                .statusCode(200);
        tell();
        KeyCalls.put(team.managementKey(), key.id(), Map.of("name", "renamed")).statusCode(200);
        tell();
        // Then
        assertThat(told()).hasSize(2);
    }

    @Test
    void aWebhookThatIsMadeLaterIsToldOfWhatIsNearThen() {
        // Given
        expiringIn(Duration.ofDays(1));
        tell();
        make(team, URL, WebhookType.KEY_EXPIRING);
        // When
        tell();
        // Then
        assertThat(told()).hasSize(1);
    }

    @Test
    void keysThatHaveEndedOrExpiredAreNotToldOf() {
        // Given
        make(team, URL, WebhookType.KEY_EXPIRING);
        KeyCalls.post(team.managementKey(), expiringIn(Duration.ofDays(1)).id(), "revoke", "").statusCode(200);
        as(team.managementKey()).delete(KeyCalls.KEYS + "/" + expiringIn(Duration.ofDays(1)).id()).then().statusCode(200);
        KeyCalls.set(expiringIn(Duration.ofDays(1)).id(), "expires_at = now() - interval '1 minute'");
        // When
        tell();
        // Then
        assertThat(told()).isEmpty();
    }

    private KeyCalls.Made expiringIn(Duration time) {
        return KeyCalls.make(team.managementKey(),
                Map.of("name", KeyCalls.unique(), "expires_at", Instant.now().plus(time).toString()));
    }

    private void tell() {
        job.tell().await().atMost(Duration.ofSeconds(10));
    }

    private List<Map<String, Object>> told() {
        return Database.query("""
                SELECT body::jsonb -> 'data' ->> 'key_id' AS key_id, body::jsonb -> 'data' ->> 'name' AS name,
                       body::jsonb -> 'data' ->> 'expires_at' AS expires_at
                FROM webhook_delivery WHERE team_id = ? AND type = 'key.expiring'
                """, team.id());
    }
}
