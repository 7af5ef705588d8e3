package dev.tollkeeper.audit;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/** Who reads whose log; the same for both calls. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditAccessTest {
    private static final String LOG = "/api/audit";
    private static final String CHAIN = "/api/audit/verify";

    private final TestTeam team = TestTeam.create();

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void anAdminAndTheirKeyReadTheirTeams(String path) {
        // Then
        as(team.managementKey()).get(path).then().statusCode(200);
        as(team.managementKey()).get(path + "?team_id=" + team.id()).then().statusCode(200);
        asUser(team.adminEmail()).get(path).then().statusCode(200);
        asUser(team.adminEmail()).get(path + "?team_id=" + team.id()).then().statusCode(200);
    }

    /** Seen to fail with {@code requireTeam} in the place of {@code requireAdmin} in AuditTeam. */
    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void aMemberAndTheirKeyDoNot(String path) {
        // Given
        Database.update("UPDATE api_key SET created_by = ? WHERE team_id = ?", team.memberId(), team.id());
        // Then
        problem(asUser(team.memberEmail()).get(path).then(), 403, "admin_required");
        problem(as(team.managementKey()).get(path).then(), 403, "admin_required");
        problem(asUser(team.memberEmail()).get(path + "?team_id=" + team.id()).then(), 403, "admin_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void aKeyNeedsTheScope(String path) {
        // Given
        Database.update("UPDATE api_key SET scopes = '{users:write,settings:read}' WHERE team_id = ?", team.id());
        // Then
        problem(as(team.managementKey()).get(path).then(), 403, "scope_missing");
        problem(as(team.ordinaryKey().secret()).get(path).then(), 403, "management_key_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void nobodyIsAskedForACredential(String path) {
        // Then
        problem(asNobody().get(path).then(), 401, "credentials_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void theInstallationsOwnIsTheOperators(String path) {
        // Then
        problem(asUser(team.adminEmail()).get(path + "?team_id=installation").then(), 403, "operator_required");
        problem(as(team.managementKey()).get(path + "?team_id=installation").then(), 403, "operator_required");
        asOperator().get(path + "?team_id=installation").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void theOperatorReadsEveryTeamsAndWithNoNameTheirOwn(String path) {
        // Then
        asOperator().get(path + "?team_id=" + team.id()).then().statusCode(200);
        asOperator().get(path).then().statusCode(200);
        problem(asOperator().get(path + "?team_id=" + Ids.next()).then(), 404, "not_found");
        problem(asOperator().get(path + "?team_id=" + new UUID(0, 0)).then(), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void whoIsInSeveralTeamsNamesOne(String path) {
        // Given
        TestTeam other = TestTeam.create();
        Database.update("INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, 'member', now())",
                other.id(), team.adminId());
        // Then
        problem(asUser(team.adminEmail()).get(path).then(), 400, "invalid_request").body("errors[0].field", equalTo("team_id"))
                .body("error", not(containsString("installation")));
        asUser(team.adminEmail()).get(path + "?team_id=" + team.id()).then().statusCode(200);
        problem(asUser(team.adminEmail()).get(path + "?team_id=" + other.id()).then(), 403, "admin_required");
    }

    /** Invariant 15. Seen to fail with {@code admin_required} for every team that is not the caller's. */
    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void anotherTeamsIsAsUnknownAsNone(String path) {
        // Given
        TestTeam other = TestTeam.create();
        for (RequestSpecification caller : new RequestSpecification[]{asUser(team.adminEmail()), as(team.managementKey()),
                asUser(team.memberEmail())}) {
            // When
            caller.header("X-Request-Id", "same");
            String foreign = caller.get(path + "?team_id=" + other.id()).then().statusCode(404).extract().asString();
            String unknown = caller.get(path + "?team_id=" + Ids.next()).asString();
            String nonsense = caller.get(path + "?team_id=nonsense").asString();
            String nil = caller.get(path + "?team_id=" + new UUID(0, 0)).asString();
            // Then
            assertThat(foreign).isEqualTo(unknown).isEqualTo(nonsense).isEqualTo(nil).contains("Team not found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LOG, CHAIN})
    void anOperatorInNoTeamIsToldOfTheInstallations(String path) {
        // Given
        UUID second = TestTeam.user(team.id(), "admin");
        Database.update("DELETE FROM membership WHERE user_id = ?", second);
        Database.update("UPDATE app_user SET is_operator = true WHERE id = ?", second);
        // When
        var response = asUser(TestTeam.email(second)).get(path).then();
        // Then
        problem(response, 400, "invalid_request").body("error", containsString("installation"));
    }
}
