package dev.tollkeeper.project.config;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Changes that meet: guarded by {@code If-Match}, and with the registry's. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConfigVersionTest {
    private static final String PATH = "/api/manage/project-configs";
    private static final String SPEED = "{\"inference_config\":{\"preference\":\"speed\"}}";

    private final TestTeam team = TestTeam.create();

    @Test
    void aChangeAnswersTheNewTag() {
        // Given
        String before = tag();
        // When
        var response = put(before, SPEED);
        // Then
        response.statusCode(200);
        assertThat(response.extract().header("ETag")).isNotEqualTo(before).isEqualTo(tag());
    }

    @Test
    void aTagThatWasReadBeforeAnotherChangeIsRefused() {
        // Given
        String before = tag();
        put(before, SPEED).statusCode(200);
        // When
        var response = put(before, "{\"inference_config\":{\"preference\":\"cost\"}}");
        // Then
        problem(response, 412, "precondition_failed");
        as(team.managementKey()).get(PATH).then().body("inference_config.preference", equalTo("speed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "\"1\"", "W/TAG", "TAG TAG", "TAG\"", "1"})
    void aTagOfSomethingElseOrNoneIsRefused(String header) {
        // When
        var response = put(header.replace("TAG", tag()), SPEED);
        // Then
        problem(response, 412, "precondition_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "TAG", "\"x\", TAG", "W/\"x\",TAG"})
    void aListThatHasTheTagIsTaken(String header) {
        // When
        var response = put(header.replace("TAG", tag()), SPEED);
        // Then
        response.statusCode(200);
    }

    @Test
    void theTagOfAnotherProjectsSameVersionIsRefused() {
        // Given
        String foreign = as(TestTeam.create().managementKey()).get(PATH).header("ETag");
        // When
        var response = put(foreign, SPEED);
        // Then
        problem(response, 412, "precondition_failed");
    }

    @Test
    void aRefusalForItsContentComesBeforeThePrecondition() {
        // When
        var response = put("\"old\"", "{\"inference_config\":{\"allowed_providers\":[\"nobody\"]}}");
        // Then
        problem(response, 400, "registry_validation_failed");
    }

    @Test
    void whatTheCallerHasIsNotSentAgain() {
        // Given
        String tag = tag();
        // When
        var response = as(team.managementKey()).header("If-None-Match", "\"x\", W/" + tag).get(PATH).then();
        // Then
        response.statusCode(304).header("ETag", tag).body(emptyString());
        put(tag, SPEED).statusCode(200);
        as(team.managementKey()).header("If-None-Match", tag).get(PATH).then().statusCode(200);
    }

    /** Seen to fail (several 200) with {@code configs.get} in the place of {@code configs.lock} in ConfigService. */
    @Test
    void ofChangesGuardedByTheSameTagExactlyOneIsMade() {
        for (int round = 0; round < 5; round++) {
            // Given
            String tag = tag();
            // When
            List<Integer> statuses = AtOnce.run(8, i -> put(tag, "{\"active\":" + (i % 2 == 0) + "}").extract().statusCode());
            // Then
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        }
        assertThat(Database.value("SELECT version FROM project_config WHERE project_id = ?", team.projectId())).isEqualTo(6L);
    }

    @Test
    void changesWithNoGuardAreAllMade() {
        // When
        List<Integer> statuses = AtOnce.run(50, i -> put(null, "{\"active\":" + (i % 2 == 0) + "}").extract().statusCode());
        // Then
        assertThat(statuses).containsOnly(200);
        assertThat(Database.value("SELECT version FROM project_config WHERE project_id = ?", team.projectId())).isEqualTo(51L);
    }

    /** Seen to fail (a configuration that names what is gone) without FOR KEY SHARE in RegistryReferences. */
    @Test
    void aConfigurationNeverNamesWhatIsDeletedMeanwhile() {
        for (int round = 0; round < 15; round++) {
            // Given
            String provider = "p-" + Ids.next();
            String model = "m-" + Ids.next();
            asOperator().body("{\"name\":\"Soon gone\"}").put("/api/registry/providers/" + provider).then().statusCode(201);
            asOperator().body("{\"name\":\"Soon gone\",\"provider\":\"mistral\"}").put("/api/registry/models/" + model).then()
                    .statusCode(201);
            put(null, "{\"inference_config\":null}").statusCode(200);
            // When
            List<Integer> statuses = AtOnce.run(4, i -> switch (i) {
                case 0 -> put(null, "{\"inference_config\":{\"allowed_providers\":[\"" + provider + "\"]}}").extract()
                        .statusCode();
                case 1 -> asOperator().delete("/api/registry/providers/" + provider).statusCode();
                case 2 -> put(null, "{\"inference_config\":{\"blacklisted_models\":[\"" + model + "\"]}}").extract()
                        .statusCode();
                default -> asOperator().delete("/api/registry/models/" + model).statusCode();
            });
            // Then
            assertThat(statuses.subList(0, 2)).isIn(List.of(200, 409), List.of(400, 200));
            assertThat(statuses.subList(2, 4)).isIn(List.of(200, 409), List.of(400, 200));
        }
    }

    private String tag() {
        return as(team.managementKey()).get(PATH).then().statusCode(200).extract().header("ETag");
    }

    private ValidatableResponse put(String ifMatch, String body) {
        var request = as(team.managementKey()).body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(PATH).then();
    }
}
