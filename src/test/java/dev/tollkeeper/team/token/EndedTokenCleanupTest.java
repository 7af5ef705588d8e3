package dev.tollkeeper.team.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EndedTokenCleanupTest {
    @Inject
    EndedTokenCleanup cleanup;

    private final TestTeam team = TestTeam.create();

    @Test
    void tokensThatAnybodyMightStillTakeAreKept() {
        // Given
        UUID living = ended(Duration.ofMinutes(10));
        UUID justExpired = ended(Duration.ofMinutes(-10));
        ended(Duration.ofHours(-2));
        // When
        cleanup.forget().await().atMost(Duration.ofSeconds(10));
        // Then
        assertThat(Database.query("SELECT token_id FROM ended_token WHERE user_id = ?", team.adminId()))
                .extracting(row -> row.get("token_id")).containsExactlyInAnyOrder(living, justExpired);
    }

    private UUID ended(Duration expiresIn) {
        UUID token = Ids.next();
        Database.update("INSERT INTO ended_token (user_id, token_id, expires_at) VALUES (?, ?, ?)", team.adminId(), token,
                Instant.now().plus(expiresIn).atOffset(ZoneOffset.UTC));
        return token;
    }
}
