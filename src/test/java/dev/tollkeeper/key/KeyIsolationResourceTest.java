package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Whose keys are whose, and which callers may call at all, for every call on one key. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyIsolationResourceTest {
    private final TestTeam team = TestTeam.create();

    static Stream<Arguments> calls() {
        return Stream.of(Arguments.of(Method.GET, ""), Arguments.of(Method.PUT, ""), Arguments.of(Method.DELETE, ""),
                Arguments.of(Method.POST, "/rotate"), Arguments.of(Method.POST, "/revoke"),
                Arguments.of(Method.DELETE, "/previous-secret"), Arguments.of(Method.GET, "/propagation"));
    }

    /**
     * Invariant 15. Seen to fail with the project left out of ApiKeyRepository.find.
     */
    @ParameterizedTest
    @MethodSource("calls")
    void whatIsNotTheCallersIsNotThere(Method method, String verb) {
        // Given
        var foreign = TestTeam.create().ordinaryKey();
        var otherProject = asUser(team.adminEmail()).queryParam("project_id", TestTeam.project(team.id()).toString())
                .body(Map.of("name", "n")).post(KEYS).then().statusCode(201).extract().<String>path("id");
        var deleted = KeyCalls.make(team.managementKey());
        as(team.managementKey()).delete(KEYS + "/" + deleted.id()).then().statusCode(200);
        // When
        String nothing = body(call(as(team.managementKey()), method, Ids.next().toString(), verb));
        List<String> answers = Stream.of(foreign.id().toString(), otherProject, deleted.id(), "no-id", "%00")
                .map(id -> body(call(as(team.managementKey()), method, id, verb))).toList();
        // Then
        assertThat(answers).containsOnly(nothing);
        assertThat(KeyCalls.verdict(foreign.secret())).isEqualTo("valid");
    }

    /** Invariant 15, for a member. Seen to fail with onlyMadeBy() answering null. */
    @ParameterizedTest
    @MethodSource("calls")
    void anotherUsersKeyIsNotThereForAMember(Method method, String verb) {
        // Given
        var admins = team.ordinaryKey();
        RequestSpecification member = asUser(team.memberEmail()).queryParam("project_id", team.projectId().toString());
        // When
        String nothing = body(call(member, method, Ids.next().toString(), verb));
        String answer = body(call(asUser(team.memberEmail()).queryParam("project_id", team.projectId().toString()), method,
                admins.id().toString(), verb));
        // Then
        assertThat(answer).isEqualTo(nothing);
        assertThat(KeyCalls.verdict(admins.secret())).isEqualTo("valid");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aMemberDoesAllToTheirOwnKeys(Method method, String verb) {
        // Given
        String own = asUser(team.memberEmail()).body(Map.of("name", "own")).post(KEYS).then().statusCode(201).extract()
                .path("id");
        // When
        var response = call(asUser(team.memberEmail()), method, own, verb);
        // Then
        response.then().statusCode(200);
    }

    @Test
    void aKeyOfSomebodyWhoIsNowAMemberSeesTheirKeysOnly() {
        // Given
        var admins = team.ordinaryKey();
        var second = TestTeam.user(team.id(), "admin");
        String secret = asUser(TestTeam.email(second)).body(Map.of("name", "second", "is_management_key", true)).post(KEYS)
                .then()
                .statusCode(201).extract().path("api_key");
        KeyCalls.get(secret, admins.id().toString()).statusCode(200);
        // When
        Database.update("UPDATE membership SET role = 'member' WHERE user_id = ?", second);
        // Then
        problem(KeyCalls.get(secret, admins.id().toString()), 404, "not_found");
        problem(as(secret).body(Map.of("name", "management")).delete(KEYS).then(), 404, "not_found");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallNeedsACredential(Method method, String verb) {
        problem(call(asNobody(), method, team.ordinaryKey().id().toString(), verb).then(), 401, "credentials_missing");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallNeedsAManagementKeyWithItsScope(Method method, String verb) {
        // Given
        var key = team.ordinaryKey();
        String lacking = method == Method.GET ? "keys:write" : "keys:read";
        var narrow = KeyCalls.make(team.managementKey(),
                Map.of("name", "narrow", "is_management_key", true, "scopes", List.of(lacking)));
        // When
        problem(call(as(key.secret()), method, key.id().toString(), verb).then(), 403, "management_key_required");
        // Then
        problem(call(as(narrow.secret()), method, key.id().toString(), verb).then(), 403, "scope_missing");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anotherTeamsProjectIsNotFound(Method method, String verb) {
        // When
        var response = call(as(team.managementKey()).queryParam("project_id", TestTeam.create().projectId().toString()), method,
                team.ordinaryKey().id().toString(), verb);
        // Then
        problem(response.then(), 404, "not_found");
    }

    private static Response call(RequestSpecification caller, Method method, String id, String verb) {
        RequestSpecification request = method == Method.GET || method == Method.DELETE ? caller : caller.body("{}");
        return request.urlEncodingEnabled(false).request(method, KEYS + "/" + id + verb);
    }

    private static String body(Response response) {
        problem(response.then(), 404, "not_found");
        return response.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
