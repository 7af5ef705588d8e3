package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.specification.RequestSpecification;

/** Every call on users, teams, members and projects, by everyone who may call or not. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RoleMatrixTest {
    private final TestTeam team = TestTeam.create();
    private final TestTeam strangers = TestTeam.create();

    /** Seen to fail with {@code caller.requireAdmin} taken out of MemberService.place, and of TeamService.update. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "GET    | users            | -                               | 200                  | 200               | 200               | 200               | 200",
            "POST   | users            | {NEW_USER}                      | 403 admin_required   | 201               | 201               | 404 not_found     | 201",
            "GET    | users/{user}     | -                               | 200                  | 200               | 200               | 404 not_found     | 200",
            "PUT    | users/{user}     | {\"name\":\"Other\"}            | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "PUT    | users/{user}     | {\"status\":\"disabled\"}       | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "PUT    | users/{user}     | {\"role\":\"admin\"}            | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "DELETE | users/{user}     | -                               | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "GET    | teams            | -                               | 200                  | 200               | 200               | 200               | 200",
            "POST   | teams            | {NEW_TEAM}                      | 403 operator_required | 403 operator_required | 403 operator_required | 403 operator_required | 201",
            "GET    | teams/{team}     | -                               | 200                  | 200               | 200               | 404 not_found     | 200",
            "PUT    | teams/{team}     | {NAME}                          | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "PUT    | teams/{team}     | {\"billing_mode\":\"prepaid\"}  | 403 admin_required   | 403 operator_required | 403 operator_required | 404 not_found | 200",
            "PUT    | teams/{team}     | {\"credit_limit\":\"5\"}        | 403 admin_required   | 403 operator_required | 403 operator_required | 404 not_found | 200",
            "PUT    | teams/{team}     | {\"currency\":\"USD\"}          | 403 admin_required   | 403 operator_required | 403 operator_required | 404 not_found | 200",
            "DELETE | teams/{team}     | -                               | 403 operator_required | 403 operator_required | 403 operator_required | 403 operator_required | 200",
            "POST   | teams/{team}/suspend   | -                         | 403 operator_required | 403 operator_required | 403 operator_required | 403 operator_required | 200",
            "POST   | teams/{team}/unsuspend | -                         | 403 operator_required | 403 operator_required | 403 operator_required | 403 operator_required | 200",
            "GET    | teams/{team}/members   | -                         | 200                  | 200               | 200               | 404 not_found     | 200",
            "PUT    | teams/{team}/members/{user} | {\"role\":\"admin\"} | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "PUT    | teams/{team}/members/{stranger} | {\"role\":\"member\"} | 403 admin_required | 404 not_found  | 404 not_found     | 404 not_found     | 201",
            "DELETE | teams/{team}/members/{user} | -                    | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "GET    | projects         | -                               | 200                  | 200               | 200               | 200               | 200",
            "POST   | projects         | {NEW_PROJECT}                   | 403 admin_required   | 201               | 201               | 404 not_found     | 201",
            "GET    | projects/{project} | -                             | 200                  | 200               | 200               | 404 not_found     | 200",
            "PUT    | projects/{project} | {NAME}                        | 403 admin_required   | 200               | 200               | 404 not_found     | 200",
            "DELETE | projects/{project} | -                             | 403 admin_required   | 200               | 200               | 404 not_found     | 200"})
    void everyoneMayDoWhatTheirRoleMayAndNoMore(String method, String path, String body, String member, String admin,
            String key,
            String stranger, String operator) {
        // Given
        boolean operatorsOnly = member.endsWith("operator_required");
        String unusable = "GET".equals(method) ? "keys:read" : "users:read";
        List<String> seen = new ArrayList<>();
        // When: the operator last, who may end the team
        for (RequestSpecification who : List.of(asNobody(), as(team.ordinaryKey().secret()), as(People.keyWith(team, unusable)),
                asUser(team.memberEmail()), asUser(team.adminEmail()), as(team.managementKey()), asUser(strangers.adminEmail()),
                asOperator())) {
            seen.add(call(who, method, path, body));
        }
        // Then
        assertThat(seen).containsExactly("401 credentials_missing", "403 management_key_required",
                operatorsOnly ? "403 operator_required" : "403 scope_missing", member, admin, key, stranger, operator);
    }

    private String call(RequestSpecification who, String method, String path, String body) {
        String user = TestTeam.user(team.id(), "member").toString();
        String filled = path.replace("{team}", team.id().toString()).replace("{user}", user)
                .replace("{stranger}", strangers.memberId().toString())
                .replace("{project}", TestTeam.project(team.id()).toString());
        if (body != null) {
            who.body(body.replace("{NEW_USER}", "{\"email\":\"%s\",\"name\":\"New\",\"password\":\"long enough\",{TEAM}}"
                    .formatted(People.newEmail()))
                    .replace("{NEW_TEAM}", "{\"name\":\"%s\",\"currency\":\"EUR\"}".formatted(Ids.next()))
                    .replace("{NEW_PROJECT}", "{\"name\":\"%s\",{TEAM}}".formatted(Ids.next()))
                    .replace("{NAME}", "{\"name\":\"%s\"}".formatted(Ids.next()))
                    .replace("{TEAM}", "\"team_id\":\"%s\"".formatted(team.id())));
        }
        var response = who.request(Method.valueOf(method), "/api/" + filled).then().extract();
        String code = response.statusCode() < 400 ? "" : " " + response.path("code");
        return response.statusCode() + code;
    }
}
