package dev.tollkeeper.team.user;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Nobody takes over an account that reaches further than they do. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UserPrivilegeTest {
    private final TestTeam team = TestTeam.create();
    private final TestTeam other = TestTeam.create();

    /** Seen to fail with UserRules.requireAdminOfAll made empty. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"password\":\"now it is mine\"}", "{\"email\":\"mine@tollkeeper.test\"}",
            "{\"status\":\"disabled\"}"})
    void anAdminOfOneTeamDoesNotTakeOverAUserOfAnother(String body) {
        // Given
        People.join(team.id(), other.adminId(), "member");
        // When
        var byAdmin = asUser(team.adminEmail()).body(body).put("/api/users/" + other.adminId()).then();
        var byKey = as(team.managementKey()).body(body).put("/api/users/" + other.adminId()).then();
        // Then
        problem(byAdmin, 403, "admin_required");
        problem(byKey, 403, "admin_required");
        problem(asUser(team.adminEmail()).delete("/api/users/" + other.adminId()).then(), 403, "admin_required");
        People.signIn(other.adminEmail(), TestSettings.PASSWORD).statusCode(200);
    }

    @Test
    void anAdminOfOneTeamDecidesWhatAUserIsThere() {
        // Given
        People.join(team.id(), other.memberId(), "member");
        // When
        var response = asUser(team.adminEmail()).body(Map.of("role", "admin")).put("/api/users/" + other.memberId()).then();
        // Then
        response.statusCode(200).body("role", equalTo("admin"));
        as(other.managementKey()).get("/api/users/" + other.memberId()).then().body("role", equalTo("member"));
    }

    @Test
    void whoAdministersEveryTeamOfAUserChangesWhoTheyAre() {
        // Given
        People.join(other.id(), team.adminId(), "admin");
        People.join(team.id(), other.memberId(), "member");
        // When
        var response = asUser(team.adminEmail()).body(Map.of("status", "disabled")).put("/api/users/" + other.memberId())
                .then();
        // Then: and both teams' logs tell it
        response.statusCode(200);
        assertThat(Database.query("SELECT team_id FROM audit_entry WHERE target_id = ? AND action = 'user.updated'",
                other.memberId().toString())).hasSize(2);
    }

    @Test
    void aKeyReachesNoFurtherThanItsTeamThoughItsMakerDoes() {
        // Given
        People.join(other.id(), team.adminId(), "admin");
        People.join(team.id(), other.memberId(), "member");
        // When
        var response = as(team.managementKey()).body(Map.of("status", "disabled")).put("/api/users/" + other.memberId()).then();
        // Then
        problem(response, 403, "admin_required");
    }

    /** Seen to fail with UserRules.requireAdminOfAll made empty. */
    @Test
    void onlyAnOperatorChangesWhoAnOperatorIs() {
        // Given
        UUID operator = People.operator(team.id());
        String path = "/api/users/" + operator;
        // When
        var password = asUser(team.adminEmail()).body(Map.of("password", "now it is mine")).put(path).then();
        var deletion = asUser(team.adminEmail()).delete(path).then();
        var byMember = asUser(team.memberEmail()).body(Map.of("password", "now it is mine")).put(path).then();
        var byOperator = asOperator().body(Map.of("password", "set by another operator")).put(path).then();
        People.demote(operator);
        // Then
        problem(password, 403, "operator_required");
        problem(deletion, 403, "operator_required");
        problem(byMember, 403, "admin_required");
        byOperator.statusCode(200);
        People.signIn(TestTeam.email(operator), "set by another operator").statusCode(200);
    }

    @Test
    void aKeyIsNeverTheUserWhoMadeIt() {
        // Given
        String membersKey = People.keyOf(team, team.memberId());
        // When
        var ofMember = as(membersKey).body(Map.of("name", "Me")).put("/api/users/" + team.memberId()).then();
        // Then: it acts with a member's role, and so changes nobody
        problem(ofMember, 403, "admin_required");
    }

    @Test
    void anAdminsKeyChangesItsMakerAsItMayAnyoneOfItsTeamAlone() {
        // When
        var response = as(team.managementKey()).body(Map.of("password", "set by my own key"))
                .put("/api/users/" + team.adminId())
                .then();
        // Then
        response.statusCode(200);
        People.join(other.id(), team.adminId(), "member");
        problem(as(team.managementKey()).body(Map.of("password", "set once more")).put("/api/users/" + team.adminId()).then(),
                403,
                "admin_required");
    }

    @Test
    void aTeamThatIsNoMoreProtectsNobody() {
        // Given
        UUID user = TestTeam.user(team.id(), "member");
        TestTeam ended = TestTeam.create();
        People.join(ended.id(), user, "admin");
        asOperator().delete("/api/teams/" + ended.id()).then().statusCode(200);
        // When
        var response = asUser(team.adminEmail()).body(Map.of("status", "disabled")).put("/api/users/" + user).then();
        // Then
        response.statusCode(200);
    }
}
