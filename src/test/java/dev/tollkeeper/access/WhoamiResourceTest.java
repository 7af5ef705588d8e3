package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WhoamiResourceTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void anOrdinaryKeyLearnsWhatItIs() {
        // Given
        var key = team.ordinaryKey();
        // When
        var response = as(key.secret()).get("/api/auth/whoami").then();
        // Then
        response.statusCode(200).body("type", equalTo("api_key")).body("team_id", equalTo(team.id().toString()))
                .body("project_id", equalTo(team.projectId().toString())).body("key.id", equalTo(key.id().toString()))
                .body("key.is_management_key", equalTo(false)).body("user.id", equalTo(team.adminId().toString()))
                .body("user.role", equalTo("admin"));
    }

    @Test
    void aUserLearnsTheirRole() {
        // When
        var response = asUser(team.memberEmail()).get("/api/auth/whoami").then();
        // Then
        response.statusCode(200).body("type", equalTo("user")).body("user.role", equalTo("member"))
                .body("project_id", equalTo(team.projectId().toString())).body("key", nullValue());
    }

    @Test
    void nobodyIsAskedForACredential() {
        // When
        var response = asNobody().get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "credentials_missing").header("WWW-Authenticate", equalTo("Bearer realm=\"tollkeeper\""));
    }
}
