package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Invariant 15, for webhooks. Seen to fail with the role check taken out of WebhookService.requireAdmin. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WebhookIsolationTest {
    private final TestTeam foreign = TestTeam.create();
    private final TestTeam own = TestTeam.create();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "GET    | webhooks/{WEBHOOK}            | -",
            "PUT    | webhooks/{WEBHOOK}            | {\"enabled\":false}",
            "DELETE | webhooks/{WEBHOOK}            | -",
            "GET    | webhooks/{WEBHOOK}/deliveries | -",
            "POST   | webhooks/{WEBHOOK}/test       | -",
            "GET    | webhooks?team_id={TEAM}       | -",
            "POST   | webhooks?team_id={TEAM}       | {\"url\":\"https://example.com\",\"types\":[\"key.created\"]}"})
    void anotherTeamsWebhookIsToldLikeNothing(String method, String path, String body) {
        // Given: what is asked for is nothing
        String webhook = make(foreign, "https://example.com/hooks", WebhookType.KEY_CREATED).id();
        String unknownToUser = People.bytes(call(asUser(own.adminEmail()), method, path, body, Ids.next().toString(),
                Ids.next().toString()));
        String unknownToKey = People.bytes(call(as(own.managementKey()), method, path, body, Ids.next().toString(),
                Ids.next().toString()));
        // When: what is asked for is another team's
        String foreignToUser = People
                .bytes(call(asUser(own.adminEmail()), method, path, body, foreign.id().toString(), webhook));
        String foreignToKey = People.bytes(call(as(own.managementKey()), method, path, body, foreign.id().toString(), webhook));
        // Then
        assertThat(foreignToUser).isEqualTo(unknownToUser).startsWith("404 ");
        assertThat(foreignToKey).isEqualTo(unknownToKey).startsWith("404 ");
    }

    private static ValidatableResponse call(RequestSpecification who, String method, String path, String body, String team,
            String webhook) {
        if (body != null) {
            who.body(body);
        }
        return who.request(Method.valueOf(method), "/api/" + path.replace("{TEAM}", team).replace("{WEBHOOK}", webhook)).then();
    }
}
