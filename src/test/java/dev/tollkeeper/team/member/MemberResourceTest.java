package dev.tollkeeper.team.member;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MemberResourceTest {
    private final TestTeam team = TestTeam.create();
    private final String members = "/api/teams/" + team.id() + "/members";

    @Test
    void aTeamsMembersAreListed() {
        // When
        var response = asUser(team.memberEmail()).get(members).then();
        // Then
        response.statusCode(200)
                .body("members.user_id", equalTo(List.of(team.adminId().toString(), team.memberId().toString())))
                .body("members[0].email", equalTo(team.adminEmail())).body("members[0].name", equalTo("admin"))
                .body("members.role", equalTo(List.of("admin", "member"))).body("members[0].size()", equalTo(5))
                .body("members[0].created_at", matchesPattern("20..-..-..T.*Z")).body("next_cursor", nullValue());
    }

    @Test
    void membersComePageByPage() {
        // When
        var first = as(team.managementKey()).get(members + "?limit=1").then().statusCode(200).extract();
        var second = as(team.managementKey()).get(members + "?limit=1&cursor=" + first.path("next_cursor")).then();
        // Then
        second.statusCode(200).body("members.user_id", equalTo(List.of(team.memberId().toString())))
                .body("next_cursor", nullValue());
    }

    @Test
    void anAdminGivesAMemberARole() {
        // When
        var response = asUser(team.adminEmail()).body(Map.of("role", "admin")).put(members + "/" + team.memberId()).then();
        // Then
        response.statusCode(200).body("user_id", equalTo(team.memberId().toString())).body("role", equalTo("admin"));
        asUser(team.memberEmail()).get("/api/auth/whoami").then().body("user.role", equalTo("admin"));
        assertThat(Database.value("SELECT action || ' ' || changes::text FROM audit_entry WHERE team_id = ?", team.id()))
                .isEqualTo("member.updated {\"role\": {\"to\": \"admin\", \"from\": \"member\"}}");
    }

    @Test
    void theSameRoleChangesNothing() {
        // When
        var response = asUser(team.adminEmail()).body(Map.of("role", "admin")).put(members + "/" + team.adminId()).then();
        // Then
        response.statusCode(200).body("role", equalTo("admin"));
        assertThat(Database.query("SELECT * FROM audit_entry WHERE team_id = ?", team.id())).isEmpty();
    }

    @Test
    void theOperatorPutsAUserIntoAnotherTeam() {
        // Given
        TestTeam other = TestTeam.create();
        // When
        var response = asOperator().body(Map.of("role", "member")).put(members + "/" + other.adminId()).then();
        // Then
        response.statusCode(201).body("user_id", equalTo(other.adminId().toString())).body("role", equalTo("member"));
        asUser(other.adminEmail()).get("/api/teams/" + team.id()).then().statusCode(200);
        problem(asUser(other.adminEmail()).body(Map.of("name", "x")).put("/api/teams/" + team.id()).then(), 403,
                "admin_required");
        asOperator().body(Map.of("role", "member")).put(members + "/" + other.adminId()).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | role", "{\"role\":null} | role", "{\"role\":\"owner\"} | role",
            "{\"role\":\"admin\",\"team_id\":\"x\"} | team_id"})
    void aRoleThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var response = asUser(team.adminEmail()).body(body).put(members + "/" + team.memberId()).then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01920000-0000-7000-8000-000000000000"})
    void whoIsNoUserIsNotFound(String user) {
        // When
        var responses = List.of(asOperator().body(Map.of("role", "member")).put(members + "/" + user).then(),
                asOperator().delete(members + "/" + user).then());
        // Then
        responses.forEach(response -> problem(response, 404, "not_found").body("error", equalTo("User not found")));
    }

    @Test
    void whoIsNotInTheTeamCannotBeTakenOutOfIt() {
        // Given
        TestTeam other = TestTeam.create();
        // When
        var response = asOperator().delete(members + "/" + other.memberId()).then();
        // Then
        problem(response, 404, "not_found");
    }

    @Test
    void anAdminTakesAMemberOut() {
        // Given
        asUser(team.memberEmail()).get("/api/teams/" + team.id()).then().statusCode(200);
        // When
        var response = asUser(team.adminEmail()).delete(members + "/" + team.memberId()).then();
        // Then
        response.statusCode(200).body("success", equalTo(true)).body("deleted", equalTo(team.memberId().toString()));
        problem(asUser(team.memberEmail()).get("/api/teams/" + team.id()).then(), 404, "not_found");
        asUser(team.memberEmail()).get("/api/auth/whoami").then().statusCode(200);
        assertThat(Database.value("SELECT action FROM audit_entry WHERE team_id = ?", team.id())).isEqualTo("member.removed");
    }

    @Test
    void aMemberLeavesByThemselvesButTakesNobodyAlong() {
        // Given
        UUID other = TestTeam.user(team.id(), "member");
        // When
        var ofAnother = asUser(team.memberEmail()).delete(members + "/" + other).then();
        var own = asUser(team.memberEmail()).delete(members + "/" + team.memberId()).then();
        // Then
        problem(ofAnother, 403, "admin_required");
        own.statusCode(200);
    }

    @Test
    void aMembersKeyDoesNotTakeItsMakerOut() {
        // When
        var response = as(People.keyOf(team, team.memberId())).delete(members + "/" + team.memberId()).then();
        // Then
        problem(response, 403, "admin_required");
    }

    @Test
    void theLastAdminStays() {
        // When
        var leaving = asUser(team.adminEmail()).delete(members + "/" + team.adminId()).then();
        var demoted = asUser(team.adminEmail()).body(Map.of("role", "member")).put(members + "/" + team.adminId()).then();
        var byOperator = asOperator().delete(members + "/" + team.adminId()).then();
        // Then
        problem(leaving, 409, "state_conflict");
        problem(demoted, 409, "state_conflict");
        problem(byOperator, 409, "state_conflict");
    }

    @Test
    void anAdminLeavesOnceThereIsAnother() {
        // Given
        asUser(team.adminEmail()).body(Map.of("role", "admin")).put(members + "/" + team.memberId()).then().statusCode(200);
        // When
        var response = asUser(team.adminEmail()).delete(members + "/" + team.adminId()).then();
        // Then
        response.statusCode(200);
    }
}
