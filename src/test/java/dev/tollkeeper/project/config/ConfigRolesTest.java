package dev.tollkeeper.project.config;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/** Who may change a configuration: admins, and where it lets them members; never what it lets them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConfigRolesTest {
    private static final String PATH = "/api/manage/project-configs";
    private static final String HARMLESS = "{\"inference_config\":{\"preference\":\"speed\"}}";

    private final TestTeam team = TestTeam.create();

    /** Invariant 16. Seen to fail with {@code requireMayChange} taken out of ConfigService. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "admin | false | {\"inference_config\":{\"preference\":\"speed\"}} | 200",
            "admin | false | {\"allow_overwrite\":true} | 200",
            "admin | true | {\"allow_overwrite\":null} | 200",
            "operator | false | {\"allow_overwrite\":true} | 200",
            "admin's key | false | {\"allow_overwrite\":true} | 200",
            "member | false | {\"inference_config\":{\"preference\":\"speed\"}} | 403",
            "member | false | {} | 403",
            "member | false | {\"allow_overwrite\":true} | 403",
            "member | false | {\"allow_overwrite\":true,\"inference_config\":{\"preference\":\"speed\"}} | 403",
            "member | true | {\"inference_config\":{\"preference\":\"speed\"}} | 200",
            "member | true | {\"allow_overwrite\":true,\"active\":false} | 200",
            "member | true | {\"allow_overwrite\":false} | 403",
            "member | true | {\"allow_overwrite\":null} | 403",
            "member's key | false | {\"inference_config\":{\"preference\":\"speed\"}} | 403",
            "member's key | true | {\"inference_config\":{\"preference\":\"speed\"}} | 200",
            "member's key | true | {\"allow_overwrite\":false} | 403"})
    void onlyAdminsChangeItUnlessItLetsMembers(String who, boolean allowOverwrite, String body, int status) {
        // Given
        Database.update("UPDATE project_config SET allow_overwrite = ? WHERE project_id = ?", allowOverwrite,
                team.projectId());
        String before = asOperator().get(PATH + "?project_id=" + team.projectId()).asString();
        // When
        var response = request(who).body(body).put(PATH + "?project_id=" + team.projectId()).then();
        // Then
        if (status == 200) {
            response.statusCode(200);
        } else {
            problem(response, 403, "admin_required");
            assertThat(asOperator().get(PATH + "?project_id=" + team.projectId()).asString()).isEqualTo(before);
        }
    }

    private RequestSpecification request(String who) {
        if (who.startsWith("member's")) {
            Database.update("UPDATE api_key SET created_by = ? WHERE team_id = ?", team.memberId(), team.id());
        }
        return switch (who) {
            case "admin" -> asUser(team.adminEmail());
            case "member" -> asUser(team.memberEmail());
            case "operator" -> asOperator();
            default -> as(team.managementKey());
        };
    }

    @Test
    void aMemberReadsIt() {
        // When
        var response = asUser(team.memberEmail()).get(PATH).then();
        // Then
        response.statusCode(200).body("project_id", equalTo(team.projectId().toString()));
    }

    @Test
    void anAdminOfAnotherTeamIsNoAdminHere() {
        // Given
        TestTeam other = TestTeam.create();
        Database.update("INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, 'member', now())", team.id(),
                other.adminId());
        // When
        var response = asUser(other.adminEmail()).body(HARMLESS).put(PATH + "?project_id=" + team.projectId()).then();
        // Then
        problem(response, 403, "admin_required");
    }

    /** Invariant 15. Seen to fail with another sentence for a project whose team the caller is not in. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void anotherTeamsProjectIsAsUnknownAsNone(String method) {
        // Given
        TestTeam other = TestTeam.create();
        for (RequestSpecification caller : new RequestSpecification[]{asUser(team.adminEmail()), as(team.managementKey())}) {
            // When
            caller.header("X-Request-Id", "same").body(HARMLESS);
            String foreign = caller.request(method, PATH + "?project_id=" + other.projectId()).then().statusCode(404).extract()
                    .asString();
            String unknown = caller.request(method, PATH + "?project_id=" + Ids.next()).asString();
            String nonsense = caller.request(method, PATH + "?project_id=x%00y").asString();
            // Then
            assertThat(foreign).isEqualTo(unknown).isEqualTo(nonsense).contains("Project not found");
        }
        assertThat(Database.value("SELECT version FROM project_config WHERE project_id = ?", other.projectId())).isEqualTo(1L);
    }
}
