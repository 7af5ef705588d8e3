package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.specification.RequestSpecification;

/** Invariant 15: a request for another team's thing is byte for byte, request id aside, a request for nothing. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ForeignIsUnknownTest {
    private final TestTeam foreign = TestTeam.create();
    private final TestTeam own = TestTeam.create();

    /**
     * Seen to fail with the role check taken out of ProjectService.visible; with {@code caller.isOperator()} answering true
     * in MemberService.add; with the scope check taken out of UserRules.requireVisible.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "GET    | users/{USER}                       | -",
            "PUT    | users/{USER}                       | {\"name\":\"Mine\"}",
            "PUT    | users/{USER}                       | {\"password\":\"now it is mine\"}",
            "PUT    | users/{USER}                       | {\"role\":\"admin\"}",
            "PUT    | users/{USER}?team_id={own}         | {\"role\":\"admin\"}",
            "DELETE | users/{USER}                       | -",
            "GET    | users?team_id={TEAM}               | -",
            "GET    | users/{ownUser}?team_id={TEAM}     | -",
            "PUT    | users/{ownUser}?team_id={TEAM}     | {\"role\":\"admin\"}",
            "POST   | users                              | {\"email\":\"x@y\",\"name\":\"x\",\"password\":\"long enough\",\"team_id\":\"{TEAM}\"}",
            "GET    | teams/{TEAM}                       | -",
            "PUT    | teams/{TEAM}                       | {\"name\":\"Mine\"}",
            "PUT    | teams/{TEAM}                       | {\"currency\":\"USD\"}",
            "DELETE | teams/{TEAM}                       | -",
            "POST   | teams/{TEAM}/suspend               | -",
            "GET    | teams/{TEAM}/members               | -",
            "PUT    | teams/{TEAM}/members/{USER}        | {\"role\":\"member\"}",
            "PUT    | teams/{TEAM}/members/{ownUser}     | {\"role\":\"admin\"}",
            "DELETE | teams/{TEAM}/members/{USER}        | -",
            "PUT    | teams/{own}/members/{USER}         | {\"role\":\"member\"}",
            "DELETE | teams/{own}/members/{USER}         | -",
            "GET    | projects?team_id={TEAM}            | -",
            "POST   | projects                           | {\"name\":\"Mine\",\"team_id\":\"{TEAM}\"}",
            "GET    | projects/{PROJECT}                 | -",
            "PUT    | projects/{PROJECT}                 | {\"name\":\"Mine\"}",
            "DELETE | projects/{PROJECT}                 | -"})
    void anotherTeamsThingIsToldLikeNothing(String method, String path, String body) {
        // Given: what is asked for is nothing
        String unknownToUser = People.bytes(call(asUser(own.adminEmail()), method, path, body, Ids.next().toString(),
                Ids.next().toString(), Ids.next().toString()));
        String unknownToKey = People.bytes(call(as(own.managementKey()), method, path, body, Ids.next().toString(),
                Ids.next().toString(), Ids.next().toString()));
        // When: what is asked for is another team's
        String foreignToUser = People.bytes(call(asUser(own.adminEmail()), method, path, body, foreign.id().toString(),
                foreign.memberId().toString(), foreign.projectId().toString()));
        String foreignToKey = People.bytes(call(as(own.managementKey()), method, path, body, foreign.id().toString(),
                foreign.memberId().toString(), foreign.projectId().toString()));
        // Then
        assertThat(foreignToUser).isEqualTo(unknownToUser).matches("(?s)40[34] .*");
        assertThat(foreignToKey).isEqualTo(unknownToKey).matches("(?s)40[34] .*");
    }

    private io.restassured.response.ValidatableResponse call(RequestSpecification who, String method, String path, String body,
            String team, String user, String project) {
        if (body != null) {
            who.body(fill(body, team, user, project));
        }
        return who.request(Method.valueOf(method), "/api/" + fill(path, team, user, project)).then();
    }

    private String fill(String text, String team, String user, String project) {
        return text.replace("{TEAM}", team).replace("{USER}", user).replace("{PROJECT}", project)
                .replace("{own}", own.id().toString()).replace("{ownUser}", own.memberId().toString());
    }
}
