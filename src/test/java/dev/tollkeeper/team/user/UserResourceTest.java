package dev.tollkeeper.team.user;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UserResourceTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestTeam team = TestTeam.create();

    /** hosted.ai's FAQ: {@code requests.get(url + "/api/users", headers={"Authorization": "Bearer " + key})}. */
    @Test
    void aKeyListsItsTeamsUsersAsHostedAiClientsExpect() {
        // When
        var response = given().header("Authorization", "Bearer " + team.managementKey()).get("/api/users").then();
        // Then
        response.statusCode(200).contentType("application/json")
                .body("users.id", equalTo(List.of(team.adminId().toString(), team.memberId().toString())))
                .body("users[0].email", equalTo(team.adminEmail())).body("users[0].name", equalTo("admin"))
                .body("users[0].role", equalTo("admin")).body("users[1].role", equalTo("member"))
                .body("users[0].status", equalTo("active")).body("users[0].created_at", matchesPattern("20..-..-..T.*Z"))
                .body("users[0].size()", equalTo(6)).body("next_cursor", nullValue());
        given().header("X-API-Key", team.managementKey()).get("/api/users").then().statusCode(200);
        assertThat(response.extract().asString()).doesNotContain("argon2", "password");
    }

    @Test
    void someoneInSeveralTeamsSeesTheUsersOfAllWithTheirHighestRole() {
        // Given
        TestTeam second = TestTeam.create();
        People.join(second.id(), team.memberId(), "admin");
        // When
        var all = asUser(team.memberEmail()).get("/api/users").then();
        var one = asUser(team.memberEmail()).get("/api/users?team_id=" + team.id()).then();
        // Then
        all.statusCode(200).body("users.id", hasItems(team.adminId().toString(), second.memberId().toString()))
                .body("users.find { it.id == '%s' }.role".formatted(team.memberId()), equalTo("admin"));
        one.statusCode(200).body("users.id", equalTo(List.of(team.adminId().toString(), team.memberId().toString())))
                .body("users.find { it.id == '%s' }.role".formatted(team.memberId()), equalTo("member"));
        as(team.managementKey()).get("/api/users/" + team.memberId()).then().body("role", equalTo("member"));
        as(second.managementKey()).get("/api/users/" + team.memberId()).then().body("role", equalTo("admin"));
    }

    @Test
    void usersComePageByPage() {
        // When
        var first = as(team.managementKey()).get("/api/users?limit=1").then().statusCode(200).extract();
        var second = as(team.managementKey()).get("/api/users?limit=1&cursor=" + first.path("next_cursor")).then();
        // Then
        assertThat(first.<List<String>>path("users.id")).containsExactly(team.adminId().toString());
        second.statusCode(200).body("users.id", equalTo(List.of(team.memberId().toString()))).body("next_cursor", nullValue());
    }

    @Test
    void onlyAnOperatorLearnsWhoIsOperator() {
        // Given
        String operator = Database.value("SELECT id FROM app_user WHERE email = 'operator@tollkeeper.test'").toString();
        People.join(team.id(), java.util.UUID.fromString(operator), "member");
        // When
        var seenByAdmin = asUser(team.adminEmail()).get("/api/users/" + operator).then();
        var seenByOperator = asOperator().get("/api/users/" + operator).then();
        Database.update("DELETE FROM membership WHERE team_id = ? AND user_id = ?::uuid", team.id(), operator);
        // Then
        seenByAdmin.statusCode(200).body("role", equalTo("member"));
        seenByOperator.statusCode(200).body("role", equalTo("operator"));
    }

    @Test
    void theOperatorSeesUsersOfAnyTeamAndOfNone() {
        // Given
        Database.update("DELETE FROM membership WHERE user_id = ?", team.memberId());
        // When
        var response = asOperator().get("/api/users/" + team.memberId()).then();
        // Then
        response.statusCode(200).body("role", nullValue());
        asOperator().get("/api/users?team_id=" + team.id()).then().statusCode(200)
                .body("users.id", equalTo(List.of(team.adminId().toString())));
        asUser(team.memberEmail()).get("/api/users/" + team.memberId()).then().statusCode(200);
        asUser(team.memberEmail()).get("/api/users").then().statusCode(200).body("users", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01920000-0000-7000-8000-000000000000", "01920000-0000-7000-8000-00000000000G"})
    void whatIsNoUserIsNotFound(String id) {
        // When
        var responses = List.of(asOperator().get("/api/users/" + id).then(),
                asOperator().body(Map.of("name", "x")).put("/api/users/" + id).then(),
                asOperator().delete("/api/users/" + id).then());
        // Then
        responses.forEach(response -> problem(response, 404, "not_found").body("error", equalTo("User not found")));
    }

    @Test
    void anAdminMakesAUserWhoCanSignIn() {
        // Given
        String email = People.newEmail();
        // When
        var response = asUser(team.adminEmail()).body(Map.of("email", email.toUpperCase(java.util.Locale.ROOT), "name",
                "Ada Lovelace", "password", PASSWORD, "role", "admin")).post("/api/users").then();
        // Then
        response.statusCode(201).body("email", equalTo(email)).body("name", equalTo("Ada Lovelace"))
                .body("role", equalTo("admin")).body("status", equalTo("active"));
        assertThat(response.extract().asString()).doesNotContain("argon2", "password", PASSWORD);
        String token = People.signIn(email, PASSWORD).statusCode(200).extract().path("access_token");
        as(token).get("/api/auth/whoami").then().statusCode(200).body("user.role", equalTo("admin")).body("team_id",
                equalTo(team.id().toString()));
    }

    @Test
    void aNewUserIsAMemberUnlessToldOtherwiseAndIsAudited() {
        // When
        var response = as(team.managementKey()).body(user(People.newEmail())).post("/api/users").then();
        // Then
        response.statusCode(201).body("role", equalTo("member"));
        var entry = Database.query("SELECT * FROM audit_entry WHERE team_id = ?", team.id());
        assertThat(entry).hasSize(1);
        assertThat(entry.get(0)).containsEntry("action", "user.created").containsEntry("target_type", "user")
                .containsEntry("target_id", response.extract().path("id")).containsEntry("actor_type", "api_key");
        assertThat(entry.get(0).get("changes").toString()).doesNotContain(PASSWORD, "argon2");
    }

    @Test
    void anAddressIsOneUsers() {
        // Given
        Map<String, Object> taken = user(team.memberEmail().toUpperCase(java.util.Locale.ROOT));
        // When
        var response = asUser(team.adminEmail()).body(taken).post("/api/users").then();
        // Then
        problem(response, 400, "duplicate_name").body("errors.field", equalTo(List.of("email")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "email | -", "name | -", "password | -", "email | nobody", "email | a@b@c", "email | @b", "email | a@",
            "email | a b@c", "email | ä@b.c", "email | LONG", "name | ''", "name | LONG", "password | short12",
            "password | LONG", "role | owner", "role | operator"})
    void aFieldThatCannotBeTakenIsNamed(String field, String value) {
        // Given
        Map<String, Object> body = new HashMap<>(user(People.newEmail()));
        body.put(field, "LONG".equals(value) ? "a@" + "x".repeat(253) : value);
        // When
        var response = asUser(team.adminEmail()).body(body).post("/api/users").then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
        assertThat(response.extract().asString()).doesNotContain(PASSWORD);
    }

    @Test
    void passwordsMayHave8To200Characters() {
        // Given
        Map<String, Object> shortest = new HashMap<>(user(People.newEmail()));
        shortest.put("password", "12345678");
        Map<String, Object> longest = new HashMap<>(user(People.newEmail()));
        longest.put("password", "p".repeat(200));
        // When
        var responses = List.of(asUser(team.adminEmail()).body(shortest).post("/api/users").then(),
                asUser(team.adminEmail()).body(longest).post("/api/users").then());
        // Then
        responses.forEach(response -> response.statusCode(201));
    }

    @Test
    void whoIsInSeveralTeamsSaysWhich() {
        // Given
        TestTeam second = TestTeam.create();
        People.join(second.id(), team.adminId(), "member");
        Map<String, Object> named = new HashMap<>(user(People.newEmail()));
        named.put("team_id", team.id());
        // When
        var unnamed = asUser(team.adminEmail()).body(user(People.newEmail())).post("/api/users").then();
        var response = asUser(team.adminEmail()).body(named).post("/api/users").then();
        named.put("team_id", second.id());
        var asMember = asUser(team.adminEmail()).body(named).post("/api/users").then();
        // Then
        problem(unnamed, 400, "invalid_request").body("errors.field", equalTo(List.of("team_id")));
        response.statusCode(201);
        problem(asMember, 403, "admin_required");
    }

    @Test
    void twoAtOnceWithOneAddressMakeOneUser() throws Exception {
        // Given
        String email = People.newEmail();
        String token = dev.tollkeeper.testsupport.Api.token(team.adminEmail());
        // When
        List<Integer> statuses = AtOnce.run(4, call -> as(token).body(user(email)).post("/api/users").statusCode());
        // Then
        assertThat(statuses).containsExactlyInAnyOrder(201, 400, 400, 400);
    }

    @Test
    void aListHasNoStrangers() {
        // Given
        TestTeam other = TestTeam.create();
        // When
        var response = asUser(team.adminEmail()).get("/api/users").then();
        // Then
        response.statusCode(200).body("users.id", not(hasItem(other.adminId().toString())));
    }

    private static Map<String, Object> user(String email) {
        return Map.of("email", email, "name", "New", "password", PASSWORD);
    }
}
