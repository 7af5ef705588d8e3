package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The event {@code team.suspended}. The receiver's name is never found: what matters here is what is written for it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamEventsTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void forget() {
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    @Test
    void aSuspensionIsToldEachTimeThatThereIsOne() {
        // Given
        make(team, "https://hooks.invalid", WebhookType.TEAM_SUSPENDED);
        // When
        for (String verb : new String[]{"suspend", "suspend", "unsuspend", "suspend"}) {
            asOperator().post("/api/teams/" + team.id() + "/" + verb).then().statusCode(200);
        }
        // Then
        assertThat(Database.query("SELECT type, body::jsonb -> 'data' ->> 'team_id' AS team FROM webhook_delivery "
                + "WHERE team_id = ?", team.id())).hasSize(2)
                .containsOnly(Map.of("type", "team.suspended", "team", team.id().toString()));
    }
}
