package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.webhook.WebhookCalls.deliveries;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;

/** {@code POST /api/webhooks/{id}/test}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class TryOutWebhookTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void aTestIsSentAndItsEndAnswered() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            Made webhook = make(team, receiver.url(), WebhookType.BALANCE_LOW);
            // When
            ValidatableResponse response = tryOut(webhook);
            // Then
            response.statusCode(200).body("status", equalTo("delivered")).body("type", equalTo("webhook.test"))
                    .body("attempts", equalTo(1)).body("last_status_code", equalTo(200)).body("last_error", nullValue())
                    .body("event_id", equalTo(receiver.received().get(0).header("webhook-id")));
            assertThat(JsonPath.from(receiver.received().get(0).body()).getString("type")).isEqualTo("webhook.test");
            assertThat(deliveries(team, webhook)).containsExactly(response.extract().<Map<String, Object>>path(""));
            assertThat(
                    Database.query("SELECT 1 FROM audit_entry WHERE target_id = ? AND action = 'webhook.tested'", webhook.id()))
                    .hasSize(1);
        }
    }

    @Test
    void aTestThatFailsIsNotRepeated() {
        try (Receiver receiver = Receiver.answering(500, "Retry-After", "1")) {
            // Given
            Made webhook = make(team, receiver.url(), WebhookType.BALANCE_LOW);
            // When
            ValidatableResponse response = tryOut(webhook);
            // Then
            response.statusCode(200).body("status", equalTo("failed")).body("last_status_code", equalTo(500))
                    .body("next_attempt_at", nullValue());
        }
    }

    @Test
    void aDisabledWebhookCanBeTriedOut() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            Made webhook = make(team, receiver.url(), WebhookType.BALANCE_LOW);
            as(team.managementKey()).body(Map.of("enabled", false)).put("/api/webhooks/" + webhook.id()).then().statusCode(200);
            // When
            ValidatableResponse response = tryOut(webhook);
            // Then
            response.statusCode(200).body("status", equalTo("delivered"));
        }
    }

    @Test
    void oneTestAtATimeOfOneWebhook() {
        CountDownLatch refused = new CountDownLatch(1);
        try (Receiver receiver = Receiver.answering(exchange -> {
            awaitQuietly(refused);
            exchange.sendResponseHeaders(200, -1);
        })) {
            // Given
            Made webhook = make(team, receiver.url(), WebhookType.BALANCE_LOW);
            // When
            List<ValidatableResponse> responses = AtOnce.run(2, i -> {
                ValidatableResponse response = tryOut(webhook);
                refused.countDown();
                return response;
            });
            // Then
            assertThat(responses).extracting(response -> response.extract().statusCode()).containsExactlyInAnyOrder(200, 429);
            responses.stream().filter(response -> response.extract().statusCode() == 429)
                    .forEach(response -> problem(response, 429, "rate_limited"));
            assertThat(receiver.received()).hasSize(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void onlyAdminsTryAWebhookOut() {
        // Given
        Made webhook = make(team, "https://hooks.invalid", WebhookType.BALANCE_LOW);
        // When
        ValidatableResponse response = asUser(team.memberEmail()).post("/api/webhooks/" + webhook.id() + "/test").then();
        // Then
        problem(response, 403, "admin_required");
        assertThat(deliveries(team, webhook)).isEmpty();
    }

    /** A URL can be a secret of the team's. */
    @Test
    void noMetricNamesAUrl() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            Made webhook = make(team, receiver.url().replace("hooks", "T0KEN-in-the-path"), WebhookType.BALANCE_LOW);
            // When
            tryOut(webhook).statusCode(200);
            // Then
            assertThat(asNobody().get("/q/metrics").asString()).doesNotContain("T0KEN");
        }
    }

    private ValidatableResponse tryOut(Made webhook) {
        return as(team.managementKey()).post("/api/webhooks/" + webhook.id() + "/test").then();
    }
}
