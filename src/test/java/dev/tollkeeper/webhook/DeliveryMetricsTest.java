package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Metrics.metric;
import static dev.tollkeeper.webhook.WebhookCalls.deliveries;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What operators see of deliveries at {@code /q/metrics}, as docs/operations/metrics.md says it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class DeliveryMetricsTest {
    private static final String WAITING = "tollkeeper_webhook_waiting_deliveries";
    private static final String OLDEST = "tollkeeper_webhook_oldest_waiting_seconds";

    private final TestTeam team = TestTeam.create();
    @Inject
    DeliveryMetrics metrics;

    @AfterEach
    void leaveNothingWaiting() {
        TestClock.reset();
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    @ParameterizedTest
    @CsvSource({"204, delivered", "500, failed", "410, gave_up"})
    void anAttemptIsCountedByItsOutcomeWithHowLongItTook(int status, String outcome) {
        try (Receiver receiver = Receiver.answering(exchange -> {
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            exchange.sendResponseHeaders(status, -1);
        })) {
            // Given
            double before = attempts(outcome, "count");
            double secondsBefore = attempts(outcome, "sum");
            make(team, receiver.url(), WebhookType.KEY_CREATED);
            // When
            as(team.managementKey()).body(Map.of("name", "one")).post("/api/manage/api-keys").then().statusCode(201);
            // Then
            receiver.await(1);
            await().atMost(Duration.ofSeconds(15)).until(() -> attempts(outcome, "count") == before + 1);
            assertThat(attempts(outcome, "sum") - secondsBefore).isBetween(0.15, 15.0);
        }
    }

    /** A test is not repeated. */
    @Test
    void aTestThatFailsIsGivenUp() {
        try (Receiver receiver = Receiver.answering(500)) {
            // Given
            double before = attempts("gave_up", "count");
            Made webhook = make(team, receiver.url(), WebhookType.KEY_CREATED);
            // When
            as(team.managementKey()).post("/api/webhooks/" + webhook.id() + "/test").then().statusCode(200);
            // Then
            assertThat(attempts("gave_up", "count")).isEqualTo(before + 1);
        }
    }

    /** Each replica reads the same table, so that each tells the same. */
    @Test
    void whatWaitsIsToldWithTheAgeOfTheOldestAndNotWhatADeletedTeamLeftBehind() {
        try (Receiver receiver = Receiver.answering(500)) {
            // Given: one that waits for its next attempt, and nothing that other tests left
            Database.update("DELETE FROM webhook_delivery WHERE status = 'pending'");
            Made webhook = make(team, receiver.url(), WebhookType.KEY_CREATED);
            as(team.managementKey()).body(Map.of("name", "one")).post("/api/manage/api-keys").then().statusCode(201);
            await().atMost(Duration.ofSeconds(15)).until(() -> deliveries(team, webhook).get(0).get("last_error") != null);
            Database.update("UPDATE webhook_delivery SET next_attempt_at = next_attempt_at + interval '10 days', "
                    + "created_at = now() - interval '1 day' WHERE team_id = ?", team.id());
            // When
            double one = waiting();
            TestClock.advance(Duration.ofHours(1));
            double oldest = metric(OLDEST);
            Database.update("UPDATE team SET deleted_at = now() WHERE id = ?", team.id());
            double none = waiting();
            // Then
            assertThat(one).isEqualTo(1);
            assertThat(oldest).isBetween(Duration.ofHours(25).toSeconds() - 1.0, Duration.ofHours(25).toSeconds() + 60.0);
            assertThat(none).isZero();
            assertThat(metric(OLDEST)).isZero();
        }
    }

    private double waiting() {
        metrics.read().await().atMost(Duration.ofSeconds(10));
        return metric(WAITING);
    }

    private static double attempts(String outcome, String what) {
        return metric("tollkeeper_webhook_delivery_seconds_" + what + "{outcome=\"" + outcome + "\"}");
    }
}
