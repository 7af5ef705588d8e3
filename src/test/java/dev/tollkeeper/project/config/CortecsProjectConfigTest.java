package dev.tollkeeper.project.config;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/**
 * The Cortecs Management API's project settings, call by call, field by field and error by error (its pages "Management API"
 * and "Project configuration").
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CortecsProjectConfigTest {
    private static final String PATH = "/api/manage/project-configs";
    /** The request of the Cortecs page with every field, its own examples in them. */
    private static final String CORTECS_BODY = """
            {"inference_config": {"allowed_providers": ["mistral", "scaleway"], "blacklisted_models": ["gpt-4o"],
                "eu_native": false, "include_metadata": true, "preference": "cost"},
             "active": true, "allow_overwrite": false, "created_at": "2025-09-25T08:29:50.735Z",
             "updated_at": "2025-09-25T08:29:50.735Z", "schema_version": "v1"}
            """;

    private final TestTeam team = TestTeam.create();

    @Test
    void successfullyReturnedTheCurrentProjectSettings() {
        // When
        var response = as(team.managementKey()).get(PATH).then();
        // Then
        response.statusCode(200).body("$", aMapWithSize(8))
                .body("_id", equalTo(Database.value("SELECT id FROM project_config WHERE project_id = ?", team.projectId())
                        .toString()))
                .body("project_id", equalTo(team.projectId().toString())).body("active", equalTo(true))
                .body("allow_overwrite", equalTo(false)).body("schema_version", equalTo("v1"))
                .body("inference_config", equalTo(Map.of("allowed_providers", List.of(), "blacklisted_models", List.of(),
                        "eu_native", false, "include_metadata", false, "preference", "balanced")));
        assertThat(Instant.parse(response.extract().path("created_at")))
                .isEqualTo(Instant.parse(response.extract().path("updated_at")));
        assertThat(response.extract().header("ETag")).matches("\"[0-9a-f-]{36}\\.1\"");
    }

    @Test
    void projectConfigurationUpdatedSuccessfully() {
        // When
        var response = put(CORTECS_BODY);
        // Then
        response.statusCode(200).body("$", equalTo(Map.of("success", true)));
        as(team.managementKey()).get(PATH).then().body("inference_config", equalTo(Map.of("allowed_providers",
                List.of("mistral", "scaleway"), "blacklisted_models", List.of("gpt-4o"), "eu_native", false,
                "include_metadata", true, "preference", "cost"))).body("active", equalTo(true));
    }

    /** Invariant 16. Seen to fail with {@code schemaVersion} written from the body. */
    @Test
    void createdAtUpdatedAtAndSchemaVersionAreAcceptedAndNotWritten() {
        // Given
        var before = as(team.managementKey()).get(PATH).then().extract();
        Instant then = Instant.parse(before.path("updated_at"));
        // When
        put("{\"created_at\":\"2001-01-01T00:00:00Z\",\"updated_at\":\"whenever\",\"schema_version\":\"v9\"}").statusCode(200);
        put("{\"created_at\":null,\"updated_at\":null,\"schema_version\":null}").statusCode(200);
        // Then
        var after = as(team.managementKey()).get(PATH).then().extract();
        assertThat(after.<String>path("created_at")).isEqualTo(before.path("created_at"));
        assertThat(after.<String>path("schema_version")).isEqualTo("v1");
        assertThat(Instant.parse(after.path("updated_at"))).isAfter(then);
    }

    /** "Required fields must be included": the contract asks for none, so a client that sends them all is served as well. */
    @ParameterizedTest
    @ValueSource(strings = {
            "{\"active\":true,\"created_at\":\"2025-09-25T08:29:50.735Z\",\"updated_at\":\"2025-09-25T08:29:50Z\"}",
            "{\"active\":true}", "{}"})
    void requiredFieldsMayBeLeftOut(String body) {
        // When
        var response = put(body);
        // Then
        response.statusCode(200).body("success", equalTo(true));
    }

    @Test
    void whatIsLeftOutStaysAtBothLevels() {
        // Given
        put(CORTECS_BODY).statusCode(200);
        // When
        put("{\"inference_config\":{\"preference\":\"speed\"},\"active\":false}").statusCode(200);
        // Then
        as(team.managementKey()).get(PATH).then().body("inference_config.preference", equalTo("speed"))
                .body("inference_config.allowed_providers", equalTo(List.of("mistral", "scaleway")))
                .body("inference_config.include_metadata", equalTo(true)).body("active", equalTo(false))
                .body("allow_overwrite", equalTo(false));
    }

    @Test
    void nullPutsAFieldBackToItsDefault() {
        // Given
        put(CORTECS_BODY).statusCode(200);
        put("{\"allow_overwrite\":true,\"inference_config\":{\"eu_native\":true}}").statusCode(200);
        // When
        put("{\"allow_overwrite\":null,\"inference_config\":{\"allowed_providers\":null,\"blacklisted_models\":null,"
                + "\"eu_native\":null,\"include_metadata\":null}}").statusCode(200);
        // Then
        as(team.managementKey()).get(PATH).then().body("allow_overwrite", equalTo(false)).body("inference_config", equalTo(
                Map.of("allowed_providers", List.of(), "blacklisted_models", List.of(), "eu_native", false,
                        "include_metadata", false, "preference", "cost")));
        put("{\"inference_config\":null}").statusCode(200);
        as(team.managementKey()).get(PATH).then().body("inference_config.preference", equalTo("balanced"));
    }

    @Test
    void whatAListNamesTwiceCountsOnce() {
        // When
        put("{\"inference_config\":{\"allowed_providers\":[\"ovh\",\"mistral\",\"ovh\"]}}").statusCode(200);
        // Then
        as(team.managementKey()).get(PATH).then().body("inference_config.allowed_providers",
                equalTo(List.of("ovh", "mistral")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"active\":null} | active", "{\"active\":\"yes\"} | active",
            "{\"allow_overwrite\":1} | allow_overwrite", "{\"created_at\":1} | created_at", "{\"_id\":\"x\"} | _id",
            "{\"project_id\":\"x\"} | project_id", "{\"version\":7} | version", "{\"team_id\":\"x\"} | team_id",
            "{\"inference_config\":{\"model\":\"x\"}} | inference_config.model",
            "{\"inference_config\":{\"preference\":\"best\"}} | inference_config.preference",
            "{\"inference_config\":{\"eu_native\":\"no\"}} | inference_config.eu_native",
            "{\"inference_config\":{\"allowed_providers\":\"mistral\"}} | inference_config.allowed_providers",
            "{\"inference_config\":{\"allowed_providers\":[\"mistral\",null]}} | inference_config.allowed_providers[1]",
            "{\"inference_config\":{\"allowed_providers\":[\"mistral\",\"\"]}} | inference_config.allowed_providers[1]",
            "{\"inference_config\":{\"blacklisted_models\":[\"\"]}} | inference_config.blacklisted_models[0]"})
    void badRequestInvalidConfiguration(String body, String field) {
        // Given
        String before = as(team.managementKey()).get(PATH).asString();
        // When
        var response = put(body);
        // Then
        problem(response, 400, "invalid_request").body("errors.field", equalTo(List.of(field)));
        assertThat(as(team.managementKey()).get(PATH).asString()).isEqualTo(before);
    }

    @Test
    void aListMayNotBeLongerThan500() {
        // When
        var response = put("{\"inference_config\":{\"allowed_providers\":[" + "\"mistral\",".repeat(500) + "\"ovh\"]}}");
        // Then
        problem(response, 400, "invalid_request").body("errors[0].field", equalTo("inference_config.allowed_providers"));
        put("{\"inference_config\":{\"allowed_providers\":[" + "\"mistral\",".repeat(499) + "\"ovh\"]}}").statusCode(200);
    }

    @Test
    void badRequestRegistryValidationFailed() {
        // Given
        String before = as(team.managementKey()).get(PATH).asString();
        // When
        var response = put(
                "{\"active\":false,\"inference_config\":{\"allowed_providers\":[\"mistral\",\"nobody\",\"n\\u0000o\"],"
                        + "\"blacklisted_models\":[\"no-model\",\"gpt-4o\"]}}");
        // Then
        problem(response, 400, "registry_validation_failed").body("errors.field",
                equalTo(List.of("inference_config.allowed_providers[1]", "inference_config.allowed_providers[2]",
                        "inference_config.blacklisted_models[0]")))
                .body("errors[0].message", containsString("'nobody' is not a provider of the registry"))
                .body("errors[2].message", containsString("'no-model' is not a model of the registry"));
        assertThat(as(team.managementKey()).get(PATH).asString()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void unauthorizedMissingOrInvalidToken(String method) {
        // Then
        problem(asNobody().body("{}").request(method, PATH).then(), 401, "credentials_missing");
        problem(as("tkm_nonsense").body("{}").request(method, PATH).then(), 401, "key_invalid");
        problem(as("a.b.c").body("{}").request(method, PATH).then(), 401, "token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void forbiddenTheProvidedApiKeyIsNotAManagementKey(String method) {
        // When
        var response = as(team.ordinaryKey().secret()).body("{}").request(method, PATH).then();
        // Then
        problem(response, 403, "management_key_required").body("error",
                equalTo("The provided API key is not a management key. A management API key must be used as the Bearer token."));
    }

    @ParameterizedTest
    @CsvSource({"GET,settings:write", "PUT,settings:read"})
    void aManagementKeyNeedsTheScope(String method, String other) {
        // Given
        Database.update("UPDATE api_key SET scopes = ARRAY[?] WHERE team_id = ?", other, team.id());
        // When
        var response = as(team.managementKey()).body("{}").request(method, PATH).then();
        // Then
        problem(response, 403, "scope_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT"})
    void projectConfigurationNotFound(String method) {
        // Given
        Database.update("DELETE FROM project_config WHERE project_id = ?", team.projectId());
        // When
        var response = as(team.managementKey()).body("{}").request(method, PATH).then();
        // Then
        problem(response, 404, "not_found").body("error", equalTo("Project configuration not found"));
    }

    @Test
    void withoutAllowOverwriteTheStoredConfigurationIsWhatEveryRequestGets() {
        // Given
        put(CORTECS_BODY).statusCode(200);
        // When
        var verdict = verify("{\"allowed_providers\":[\"openai\"],\"eu_native\":true,\"preference\":\"speed\"}");
        // Then
        verdict.body("inference_config", equalTo(Map.of("allowed_providers", List.of("mistral", "scaleway"),
                "blacklisted_models", List.of("gpt-4o"), "eu_native", false, "include_metadata", true, "preference", "cost")));
    }

    @Test
    void withAllowOverwriteARequestsOwnFieldsWinFieldByField() {
        // Given
        put(CORTECS_BODY).statusCode(200);
        put("{\"allow_overwrite\":true}").statusCode(200);
        // When
        var verdict = verify("{\"allowed_providers\":[\"openai\"],\"eu_native\":true,\"preference\":\"speed\"}");
        // Then
        verdict.body("inference_config", equalTo(Map.of("allowed_providers", List.of("openai"), "blacklisted_models",
                List.of("gpt-4o"), "eu_native", true, "include_metadata", true, "preference", "speed")));
    }

    @Test
    void aChangeIsAuditedWithWhatItChanged() {
        // When
        put(CORTECS_BODY).statusCode(200);
        // Then
        asOperator().get("/api/audit?team_id=" + team.id() + "&action=config.updated").then().statusCode(200)
                .body("entries.size()", equalTo(1)).body("entries[0].target.id", equalTo(team.projectId().toString()))
                .body("entries[0].changes", aMapWithSize(4))
                .body("entries[0].changes.'inference_config.preference'", equalTo(Map.of("from", "balanced", "to", "cost")))
                .body("entries[0].changes", hasKey("inference_config.allowed_providers"));
    }

    @Test
    void aUserNamesTheProject() {
        // Given
        var other = TestTeam.project(team.id());
        // Then
        asUser(team.adminEmail()).get(PATH + "?project_id=" + other).then().statusCode(200)
                .body("project_id", equalTo(other.toString()));
        problem(asUser(team.adminEmail()).get(PATH).then(), 400, "invalid_request").body("errors[0].field",
                equalTo("project_id"));
        asOperator().get(PATH + "?project_id=" + other).then().statusCode(200);
    }

    private ValidatableResponse put(String body) {
        return as(team.managementKey()).body(body).put(PATH).then();
    }

    private ValidatableResponse verify(String wishes) {
        return as(team.managementKey()).body("{\"key\":\"" + team.ordinaryKey().secret() + "\",\"inference_config\":" + wishes
                + "}").post("/api/keys/verify").then().statusCode(200).body("valid", equalTo(true));
    }
}
