package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Suspension and deletion of teams, and what they do to keys and tokens. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamEndTest {
    private final TestTeam team = TestTeam.create();
    private final String key = team.ordinaryKey().secret();

    @Test
    void aSuspendedTeamsKeysStopAtOnce() {
        // Given
        as(key).get("/api/auth/whoami").then().statusCode(200);
        // When
        var response = asOperator().post("/api/teams/" + team.id() + "/suspend").then();
        // Then
        response.statusCode(200).body("status", equalTo("suspended")).body("id", equalTo(team.id().toString()));
        problem(as(key).get("/api/auth/whoami").then(), 403, "team_suspended");
        problem(as(team.managementKey()).get("/api/users").then(), 403, "team_suspended");
        verdict().body("valid", equalTo(false)).body("code", equalTo("team_suspended"));
    }

    @Test
    void aSuspendedTeamsUsersStillRead() {
        // When
        suspend();
        // Then
        asUser(team.memberEmail()).get("/api/teams/" + team.id()).then().statusCode(200).body("status", equalTo("suspended"));
    }

    @Test
    void keysWorkAgainWhenTheSuspensionEnds() {
        // Given
        suspend();
        // When
        var response = asOperator().post("/api/teams/" + team.id() + "/unsuspend").then();
        // Then
        response.statusCode(200).body("status", equalTo("active"));
        as(key).get("/api/auth/whoami").then().statusCode(200);
        verdict().body("code", equalTo("valid"));
    }

    @Test
    void suspendingTwiceIsSuspendingOnce() {
        // Given
        suspend();
        // When
        suspend();
        // Then
        assertThat(actions()).containsExactly("team.suspended");
        asOperator().post("/api/teams/" + team.id() + "/unsuspend").then().statusCode(200);
        asOperator().post("/api/teams/" + team.id() + "/unsuspend").then().statusCode(200).body("status", equalTo("active"));
        assertThat(actions()).containsExactly("team.suspended", "team.unsuspended");
    }

    @Test
    void aDeletedTeamsKeysAndTokensStopAtOnce() {
        // Given
        asUser(team.adminEmail()).get("/api/teams/" + team.id()).then().statusCode(200);
        // When
        var response = asOperator().delete("/api/teams/" + team.id()).then();
        // Then
        response.statusCode(200).body("success", equalTo(true)).body("deleted", equalTo(team.id().toString()));
        problem(as(key).get("/api/auth/whoami").then(), 401, "key_invalid");
        problem(asUser(team.adminEmail()).get("/api/teams/" + team.id()).then(), 404, "not_found");
        asUser(team.adminEmail()).get("/api/auth/whoami").then().statusCode(200).body("team_id", nullValue());
        verdict().body("code", equalTo("key_invalid"));
        assertThat(actions()).containsExactly("team.deleted");
    }

    @Test
    void aDeletedTeamIsGoneForTheOperatorToo() {
        // When
        asOperator().delete("/api/teams/" + team.id()).then().statusCode(200);
        // Then
        for (var response : List.of(asOperator().get("/api/teams/" + team.id()).then(),
                asOperator().delete("/api/teams/" + team.id()).then(),
                asOperator().get("/api/users?team_id=" + team.id()).then(),
                asOperator().get("/api/projects?team_id=" + team.id()).then(),
                asOperator().get("/api/projects/" + team.projectId()).then(),
                asOperator().get("/api/teams/" + team.id() + "/members").then(),
                asOperator().body(Map.of("role", "admin")).put("/api/teams/" + team.id() + "/members/" + team.memberId())
                        .then(),
                asOperator().body(Map.of("name", "x", "team_id", team.id())).post("/api/projects").then(),
                asOperator()
                        .body(Map.of("email", People.newEmail(), "name", "x", "password", "long enough", "team_id", team.id()))
                        .post("/api/users").then())) {
            problem(response, 404, "not_found");
        }
    }

    @Test
    void aDeletedTeamsNameIsFreeAgain() {
        // Given
        asOperator().delete("/api/teams/" + team.id()).then().statusCode(200);
        // When
        var response = asOperator().body(Map.of("name", "team " + team.id(), "currency", "EUR")).post("/api/teams").then();
        // Then
        response.statusCode(201);
    }

    private void suspend() {
        asOperator().post("/api/teams/" + team.id() + "/suspend").then().statusCode(200).body("status", equalTo("suspended"));
    }

    /** As the operator: the team's own management keys are suspended with it. */
    private ValidatableResponse verdict() {
        return asOperator().body(Map.of("key", key)).post("/api/keys/verify").then().statusCode(200);
    }

    private List<Object> actions() {
        return Database
                .query("SELECT action FROM audit_entry WHERE team_id = ? AND action LIKE 'team.%' ORDER BY seq", team.id())
                .stream().map(row -> row.get("action")).toList();
    }
}
