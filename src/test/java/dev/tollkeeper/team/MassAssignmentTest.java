package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;

/** Invariant 16: a body cannot set what the caller may not. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MassAssignmentTest {
    private final TestTeam team = TestTeam.create();
    private final UUID user = TestTeam.user(team.id(), "member");

    /** Seen to fail with {@code quarkus.jackson.fail-on-unknown-properties=false}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "POST | users           | is_operator   | true",
            "POST | users           | operator      | true",
            "POST | users           | id            | \"01920000-0000-7000-8000-000000000000\"",
            "POST | users           | status        | \"active\"",
            "POST | users           | password_hash | \"x\"",
            "POST | users           | created_at    | \"2020-01-01T00:00:00Z\"",
            "POST | users           | role          | \"operator\"",
            "PUT  | users/{user}    | is_operator   | true",
            "PUT  | users/{user}    | id            | \"01920000-0000-7000-8000-000000000000\"",
            "PUT  | users/{user}    | team_id       | \"01920000-0000-7000-8000-000000000000\"",
            "PUT  | users/{user}    | password_hash | \"x\"",
            "PUT  | users/{user}    | created_at    | \"2020-01-01T00:00:00Z\"",
            "PUT  | users/{user}    | deleted_at    | \"2020-01-01T00:00:00Z\"",
            "PUT  | users/{user}    | role          | \"operator\"",
            "PUT  | teams/{team}    | id            | \"01920000-0000-7000-8000-000000000000\"",
            "PUT  | teams/{team}    | status        | \"suspended\"",
            "PUT  | teams/{team}    | created_at    | \"2020-01-01T00:00:00Z\"",
            "PUT  | teams/{team}/members/{user} | user_id | \"01920000-0000-7000-8000-000000000000\"",
            "POST | projects        | id            | \"01920000-0000-7000-8000-000000000000\"",
            "POST | projects        | created_at    | \"2020-01-01T00:00:00Z\"",
            "PUT  | projects/{project} | team_id    | \"01920000-0000-7000-8000-000000000000\""})
    void whatIsNotTheCallersToSetIsRefusedByName(String method, String path, String field, String value) {
        // Given
        List<Object> before = everything();
        String body = path.startsWith("users") && "POST".equals(method)
                ? "{\"email\":\"%s\",\"name\":\"New\",\"password\":\"long enough\",\"%s\":%s}".formatted(People.newEmail(),
                        field,
                        value)
                : "{\"%s\":%s,\"name\":\"New\"}".formatted(field, value);
        String filled = path.replace("{team}", team.id().toString()).replace("{user}", user.toString()).replace("{project}",
                team.projectId().toString());
        // When
        for (var who : List.of(asUser(team.adminEmail()), asOperator())) {
            var response = who.body(body).request(Method.valueOf(method), "/api/" + filled).then();
            // Then
            problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
        }
        assertThat(everything()).isEqualTo(before);
    }

    private List<Object> everything() {
        return List.of(
                Database.query(
                        "SELECT u.* FROM app_user u JOIN membership m ON m.user_id = u.id WHERE m.team_id = ? ORDER BY id",
                        team.id()),
                Database.query("SELECT * FROM team WHERE id = ?", team.id()),
                Database.query("SELECT * FROM membership WHERE team_id = ? ORDER BY user_id", team.id()),
                Database.query("SELECT * FROM project WHERE team_id = ? ORDER BY id", team.id()),
                Map.of("operators", Database.value("SELECT count(*) FROM app_user WHERE is_operator")));
    }
}
