package dev.tollkeeper.webhook;

import static dev.tollkeeper.webhook.WebhookCalls.deliveries;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DeliveryCleanupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    DeliveryCleanup cleanup;
    @Inject
    Outbox outbox;
    @Inject
    Transactions database;

    private final TestTeam team = TestTeam.create();

    @Test
    void theLogIsKeptForThirtyDaysHoweverLongItIs() {
        // Given
        Made webhook = make(team, "https://hooks.invalid", WebhookType.KEY_CREATED);
        append();
        append();
        Database.update("UPDATE webhook_delivery SET status = 'failed', next_attempt_at = NULL WHERE team_id = ?", team.id());
        Database.update("UPDATE webhook_delivery SET created_at = now() - interval '29 days 23 hours' WHERE id = "
                + "(SELECT id FROM webhook_delivery WHERE team_id = ? LIMIT 1)", team.id());
        Database.update(
                "INSERT INTO webhook_delivery SELECT team_id, gen_random_uuid(), webhook_id, event_id, type, body, status, "
                        + "attempts, last_status_code, last_error, next_attempt_at, now() - interval '30 days 1 second', delivered_at "
                        + "FROM webhook_delivery, generate_series(1, 5100) WHERE team_id = ?",
                team.id());
        // When
        cleanup.remove().await().atMost(PATIENCE);
        // Then
        assertThat(deliveries(team, webhook)).hasSize(2);
    }

    private void append() {
        outbox.append(database.single(), team.id(), WebhookType.KEY_CREATED, Map.of("name", "x")).await().atMost(PATIENCE);
    }
}
