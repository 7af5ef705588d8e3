package dev.tollkeeper.team.user;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.Api;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UserDeleteResourceTest {
    private final TestTeam team = TestTeam.create();
    private final UUID user = TestTeam.user(team.id(), "admin");
    private final String email = TestTeam.email(user);

    @Test
    void aDeletedUserIsGone() {
        // When
        var response = asUser(team.adminEmail()).delete("/api/users/" + user).then();
        // Then
        response.statusCode(200).body("success", equalTo(true)).body("deleted", equalTo(user.toString()));
        problem(asUser(team.adminEmail()).get("/api/users/" + user).then(), 404, "not_found");
        problem(asOperator().get("/api/users/" + user).then(), 404, "not_found");
        problem(asOperator().delete("/api/users/" + user).then(), 404, "not_found");
        as(team.managementKey()).get("/api/users").then().body("users.id", not(hasItem(user.toString())));
        as(team.managementKey()).get("/api/teams/" + team.id() + "/members").then().body("members.user_id",
                not(hasItem(user.toString())));
    }

    @Test
    void aDeletedUsersTokenStopsWithTheNextRequest() {
        // Given
        String token = Api.token(email);
        as(token).get("/api/auth/whoami").then().statusCode(200);
        // When
        asUser(team.adminEmail()).delete("/api/users/" + user).then().statusCode(200);
        // Then
        problem(as(token).get("/api/auth/whoami").then(), 401, "token_invalid");
        problem(People.signIn(email, TestSettings.PASSWORD), 401, "token_invalid");
        assertThat(Database.value("SELECT password_hash FROM app_user WHERE id = ?", user)).isEqualTo("-");
    }

    @Test
    void aDeletedUsersKeysAreTheProjectsAndGoOn() {
        // Given
        String key = People.keyOf(team, user);
        as(key).get("/api/auth/whoami").then().statusCode(200).body("user.role", equalTo("admin"));
        // When
        asUser(team.adminEmail()).delete("/api/users/" + user).then().statusCode(200);
        // Then: with a member's role
        as(key).get("/api/auth/whoami").then().statusCode(200).body("user.role", equalTo("member"));
        problem(as(key).body(Map.of("name", "x")).put("/api/teams/" + team.id()).then(), 403, "admin_required");
    }

    @Test
    void aDeletedUsersAddressIsFreeAgain() {
        // Given
        asUser(team.adminEmail()).delete("/api/users/" + user).then().statusCode(200);
        // When
        var response = asUser(team.adminEmail()).body(Map.of("email", email, "name", "Again", "password", "long enough"))
                .post("/api/users").then();
        // Then
        response.statusCode(201);
        assertThat(response.extract().<String>path("id")).isNotEqualTo(user.toString());
    }

    @Test
    void aDeletionIsAuditedWhereTheUserWas() {
        // Given
        TestTeam second = TestTeam.create();
        People.join(second.id(), user, "member");
        UUID teamless = TestTeam.user(team.id(), "member");
        Database.update("DELETE FROM membership WHERE user_id = ?", teamless);
        // When
        asOperator().delete("/api/users/" + user).then().statusCode(200);
        asOperator().delete("/api/users/" + teamless).then().statusCode(200);
        // Then
        assertThat(logs(user)).containsExactlyInAnyOrder(team.id(), second.id());
        assertThat(logs(teamless)).containsExactly(new UUID(0, 0));
    }

    private static java.util.List<Object> logs(UUID deleted) {
        return Database.query("SELECT team_id FROM audit_entry WHERE action = 'user.deleted' AND target_id = ?",
                deleted.toString()).stream().map(row -> row.get("team_id")).toList();
    }

    @Test
    void nobodyDeletesThemselves() {
        // When
        var byAdmin = asUser(email).delete("/api/users/" + user).then();
        var byMember = asUser(team.memberEmail()).delete("/api/users/" + team.memberId()).then();
        // Then
        problem(byAdmin, 409, "state_conflict");
        problem(byMember, 409, "state_conflict");
    }

    @Test
    void theLastAdminIsNotDeleted() {
        // Given
        asOperator().delete("/api/users/" + user).then().statusCode(200);
        // When
        var byOperator = asOperator().delete("/api/users/" + team.adminId()).then();
        var byOwnKey = as(team.managementKey()).delete("/api/users/" + team.adminId()).then();
        // Then
        problem(byOperator, 409, "state_conflict");
        problem(byOwnKey, 409, "state_conflict");
    }
}
