package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Where the operator says nothing, nothing is sent to an address that is not public. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PrivateReceiverTest {
    private final TestTeam team = TestTeam.create();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
    void aReceiverOnThisMachineIsToldNothing(String host) {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            Made webhook = make(team, "http://" + host + ":" + receiver.port() + "/", WebhookType.KEY_CREATED);
            // When
            var response = as(team.managementKey()).post("/api/webhooks/" + webhook.id() + "/test").then();
            // Then
            response.statusCode(200).body("status", equalTo("failed")).body("last_status_code", nullValue())
                    .body("last_error", containsString("not public"));
            assertThat(receiver.received()).isEmpty();
        }
    }
}
