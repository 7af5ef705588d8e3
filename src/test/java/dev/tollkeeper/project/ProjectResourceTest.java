package dev.tollkeeper.project;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProjectResourceTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void anAdminMakesAProjectWithADefaultConfiguration() {
        // When
        var response = asUser(team.adminEmail()).body(Map.of("name", "Chat (prod)")).post("/api/projects").then();
        // Then
        response.statusCode(201).body("name", equalTo("Chat (prod)")).body("team_id", equalTo(team.id().toString()))
                .body("created_at", matchesPattern("20..-..-..T.*Z")).body("size()", equalTo(4));
        String id = response.extract().path("id");
        var config = Database.query("SELECT * FROM project_config WHERE project_id = ?::uuid", id);
        assertThat(config).hasSize(1);
        assertThat(config.get(0)).containsEntry("active", true).containsEntry("allow_overwrite", false)
                .containsEntry("preference", "balanced").containsEntry("schema_version", "v1").containsEntry("version", 1L);
        assertThat(Database.value("SELECT action FROM audit_entry WHERE target_id = ?", id)).isEqualTo("project.created");
        as(team.managementKey()).get("/api/projects/" + id).then().statusCode(200).body("name", equalTo("Chat (prod)"));
    }

    @Test
    void aKeySeesItsTeamsProjects() {
        // Given
        UUID second = TestTeam.project(team.id());
        // When
        var response = as(team.managementKey()).get("/api/projects").then();
        // Then
        response.statusCode(200).body("projects.id", equalTo(List.of(team.projectId().toString(), second.toString())))
                .body("next_cursor", nullValue());
    }

    @Test
    void projectsComePageByPage() {
        // Given
        UUID second = TestTeam.project(team.id());
        // When
        var first = as(team.managementKey()).get("/api/projects?limit=1").then().statusCode(200).extract();
        var next = as(team.managementKey()).get("/api/projects?limit=1&cursor=" + first.path("next_cursor")).then();
        // Then
        next.statusCode(200).body("projects.id", equalTo(List.of(second.toString()))).body("next_cursor", nullValue());
    }

    @Test
    void someoneInSeveralTeamsSeesAllTheirProjectsOrOneTeams() {
        // Given
        TestTeam second = TestTeam.create();
        People.join(second.id(), team.memberId(), "member");
        // When
        var all = asUser(team.memberEmail()).get("/api/projects").then();
        var one = asUser(team.memberEmail()).get("/api/projects?team_id=" + second.id()).then();
        // Then
        all.statusCode(200).body("projects.id", equalTo(List.of(team.projectId().toString(), second.projectId().toString())));
        one.statusCode(200).body("projects.id", equalTo(List.of(second.projectId().toString())));
        problem(asUser(team.memberEmail()).body(Map.of("name", "x")).post("/api/projects").then(), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("team_id")));
    }

    @Test
    void theOperatorSeesAllProjects() {
        // Given
        TestTeam second = TestTeam.create();
        String before = dev.tollkeeper.http.paging.Cursor.encode(new UUID(team.projectId().getMostSignificantBits() - 1, 0));
        // When
        var response = asOperator().queryParam("cursor", before).get("/api/projects").then();
        // Then
        response.statusCode(200).body("projects.id", hasItems(team.projectId().toString(), second.projectId().toString()));
        asOperator().get("/api/projects?team_id=" + team.id()).then().body("projects.id",
                equalTo(List.of(team.projectId().toString())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | name", "{\"name\":\"\"} | name", "{\"name\":null} | name",
            "{\"name\":\"x \"} | name", "{\"name\":\"x\\u0007\"} | name", "{\"name\":true} | name",
            "{\"name\":\"x\",\"colour\":\"red\"} | colour"})
    void aFieldThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var created = asUser(team.adminEmail()).body(body).post("/api/projects").then();
        // Then
        problem(created, 400, "invalid_request").body("errors.field", hasItem(field));
        if (!"{}".equals(body)) {
            var changed = asUser(team.adminEmail()).body(body).put("/api/projects/" + team.projectId()).then();
            problem(changed, 400, "invalid_request").body("errors.field", hasItem(field));
        }
    }

    @Test
    void aNameIsOneProjectsOfATeamWhateverItsCase() {
        // Given
        String id = asUser(team.adminEmail()).body(Map.of("name", "Shop")).post("/api/projects").then().statusCode(201)
                .extract()
                .path("id");
        // When
        var created = asUser(team.adminEmail()).body(Map.of("name", "SHOP")).post("/api/projects").then();
        var renamed = asUser(team.adminEmail()).body(Map.of("name", "sHOP")).put("/api/projects/" + team.projectId()).then();
        // Then
        problem(created, 400, "duplicate_name").body("errors.field", equalTo(List.of("name")));
        problem(renamed, 400, "duplicate_name").body("errors.field", equalTo(List.of("name")));
        asUser(TestTeam.create().adminEmail()).body(Map.of("name", "Shop")).post("/api/projects").then().statusCode(201);
        asUser(team.adminEmail()).delete("/api/projects/" + id).then().statusCode(200);
        asUser(team.adminEmail()).body(Map.of("name", "shop")).post("/api/projects").then().statusCode(201);
    }

    @Test
    void anAdminRenamesAProject() {
        // When
        var response = as(team.managementKey()).body(Map.of("name", "Renamed")).put("/api/projects/" + team.projectId()).then();
        // Then
        response.statusCode(200).body("name", equalTo("Renamed"));
        assertThat(Database.value("SELECT action FROM audit_entry WHERE team_id = ?", team.id())).isEqualTo("project.updated");
        as(team.managementKey()).body("{}").put("/api/projects/" + team.projectId()).then().statusCode(200).body("name",
                equalTo("Renamed"));
    }

    @Test
    void aProjectWithoutLiveKeysIsDeleted() {
        // Given
        UUID project = TestTeam.project(team.id());
        // When
        var response = asUser(team.adminEmail()).delete("/api/projects/" + project).then();
        // Then
        response.statusCode(200).body("success", equalTo(true)).body("deleted", equalTo(project.toString()));
        problem(asUser(team.adminEmail()).get("/api/projects/" + project).then(), 404, "not_found");
        problem(asUser(team.adminEmail()).delete("/api/projects/" + project).then(), 404, "not_found");
        as(team.managementKey()).get("/api/projects").then().body("projects.id",
                equalTo(List.of(team.projectId().toString())));
        assertThat(Database.value("SELECT action FROM audit_entry WHERE target_id = ?", project.toString()))
                .isEqualTo("project.deleted");
    }

    @Test
    void aProjectWithLiveKeysStays() {
        // Given
        team.ordinaryKey();
        // When
        var response = asUser(team.adminEmail()).delete("/api/projects/" + team.projectId()).then();
        // Then
        problem(response, 409, "state_conflict").body("error", containsString("2 live keys")).body("error",
                containsString("Revoke or delete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked_at", "deleted_at"})
    void revokedAndDeletedKeysHoldNoProject(String ended) {
        // Given
        Database.update("UPDATE api_key SET " + ended + " = now() WHERE team_id = ?", team.id());
        // When
        var response = asUser(team.adminEmail()).delete("/api/projects/" + team.projectId()).then();
        // Then
        response.statusCode(200);
    }

    /** Invariant 23, for projects. Seen to fail with TeamLock.hold taking no lock. */
    @Test
    void aTeamHasAtMost1000LiveProjectsExactly() throws Exception {
        // Given
        Database.update("INSERT INTO project (team_id, id, name, created_at) SELECT ?, gen_random_uuid(), 'p' || n, now() "
                + "FROM generate_series(1, 996) n", team.id());
        Database.update("INSERT INTO project (team_id, id, name, created_at, deleted_at) VALUES (?, gen_random_uuid(), 'gone', "
                + "now(), now())", team.id());
        // When
        List<Integer> statuses = AtOnce.run(12, call -> as(team.managementKey())
                .body(Map.of("name", "at once " + Ids.next())).post("/api/projects").statusCode());
        // Then
        assertThat(statuses).containsOnly(201, 409);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(3);
        assertThat(Database.value("SELECT count(*) FROM project WHERE team_id = ? AND deleted_at IS NULL", team.id()))
                .isEqualTo(1000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01920000-0000-7000-8000-000000000000"})
    void whatIsNoProjectIsNotFound(String id) {
        // When
        var responses = List.of(asOperator().get("/api/projects/" + id).then(),
                asOperator().body(Map.of("name", "x")).put("/api/projects/" + id).then(),
                asOperator().delete("/api/projects/" + id).then());
        // Then
        responses.forEach(response -> problem(response, 404, "not_found").body("error", equalTo("Project not found")));
    }
}
