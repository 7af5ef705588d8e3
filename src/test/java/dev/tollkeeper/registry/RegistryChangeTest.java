package dev.tollkeeper.registry;

import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RegistryChangeTest {
    private final String provider = "p-" + Ids.next();
    private final String model = "maker/m-" + Ids.next() + ":v1";

    @Test
    void aNewProviderIsCreated() {
        // When
        var response = put("providers/" + provider, "{\"name\":\"New\",\"eu_native\":true}");
        // Then
        response.statusCode(201).body("$", aMapWithSize(3)).body("id", equalTo(provider)).body("name", equalTo("New"))
                .body("eu_native", equalTo(true));
        assertThat(audited("provider.created", provider)).contains("\"to\": \"New\"");
    }

    @Test
    void whatIsLeftOutOfAProviderStays() {
        // Given
        put("providers/" + provider, "{\"name\":\"New\",\"eu_native\":true}").statusCode(201);
        // When
        var response = put("providers/" + provider, "{\"name\":\"Renamed\"}");
        // Then
        response.statusCode(200).body("name", equalTo("Renamed")).body("eu_native", equalTo(true));
        assertThat(audited("provider.updated", provider)).contains("\"from\": \"New\"").doesNotContain("eu_native");
    }

    @Test
    void aNewModelIsCreatedUnderAnIdOfSeveralParts() {
        // When
        var response = put("models/" + model, "{\"provider\":\"mistral\",\"name\":\"New\",\"context_tokens\":1000}");
        // Then
        response.statusCode(201).body("$", aMapWithSize(4)).body("id", equalTo(model)).body("provider", equalTo("mistral"))
                .body("name", equalTo("New")).body("context_tokens", equalTo(1000));
        asOperator().get("/api/registry").then().body("models.id", hasItem(model));
        assertThat(audited("model.created", model)).contains("mistral");
    }

    @Test
    void whatIsLeftOutOfAModelStaysAndNullClears() {
        // Given
        put("models/" + model, "{\"provider\":\"mistral\",\"name\":\"New\",\"context_tokens\":1000}").statusCode(201);
        put("models/" + model, "{\"name\":\"Renamed\"}").statusCode(200).body("context_tokens", equalTo(1000));
        // When
        var response = put("models/" + model, "{\"context_tokens\":null}");
        // Then
        response.statusCode(200).body("name", equalTo("Renamed")).body("provider", equalTo("mistral")).body("context_tokens",
                nullValue());
    }

    @Test
    void theSameIdAtOnceIsCreatedOnce() {
        // When
        List<Integer> statuses = AtOnce.run(12,
                i -> put("providers/" + provider, "{\"name\":\"n" + i + "\"}").extract().statusCode());
        // Then
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "providers | {} | name", "providers | {\"name\":\"\"} | name", "providers | {\"name\":\" \"} | name",
            "providers | {\"name\":\"a\\u0000b\"} | name", "providers | {\"name\":null} | name",
            "providers | {\"name\":\"x\",\"eu_native\":null} | eu_native",
            "providers | {\"name\":\"x\",\"eu_native\":\"yes\"} | eu_native",
            "providers | {\"name\":\"x\",\"id\":\"y\"} | id",
            "models | {\"name\":\"x\"} | provider", "models | {\"provider\":\"mistral\"} | name",
            "models | {\"provider\":\"nobody\",\"name\":\"x\"} | provider",
            "models | {\"provider\":\"no\\u0000body\",\"name\":\"x\"} | provider",
            "models | {\"provider\":null,\"name\":\"x\"} | provider",
            "models | {\"provider\":\"mistral\",\"name\":\"x\",\"context_tokens\":0} | context_tokens",
            "models | {\"provider\":\"mistral\",\"name\":\"x\",\"context_tokens\":1.5} | context_tokens",
            "models | {\"provider\":\"mistral\",\"name\":\"x\",\"eu_native\":true} | eu_native"})
    void aFieldThatCannotBeTakenIsNamed(String kind, String body, String field) {
        // When
        var response = put(kind + "/" + provider, body);
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
        assertThat(Database.query("SELECT 1 FROM registry_" + kind.replaceAll("s$", "") + " WHERE id = ?", provider)).isEmpty();
    }

    @Test
    void aNewModelWithNothingIsToldAllThatItNeeds() {
        // When
        var response = put("models/" + model, "{}");
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItems("provider", "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"providers/Mistral", "providers/-x", "providers/x%00y", "providers/%C3%A4", "models/GPT-4o",
            "models/a%20b", "models/a%2F%2Fb", "models/a/-b", "models/x%00y"})
    void anIdThatNothingCanHaveIsRefused(String path) {
        // Then
        String body = "{\"provider\":\"mistral\",\"name\":\"x\"}";
        String text = path.startsWith("models") ? body : "{\"name\":\"x\"}";
        problem(asOperator().urlEncodingEnabled(false).body(text).put("/api/registry/" + path).then(), 400, "invalid_request")
                .body("errors.field", hasItem("id"));
        problem(asOperator().urlEncodingEnabled(false).delete("/api/registry/" + path).then(), 400, "invalid_request");
    }

    @Test
    void whatNobodyNamesIsDeleted() {
        // Given
        put("providers/" + provider, "{\"name\":\"New\"}").statusCode(201);
        put("models/" + model, "{\"provider\":\"" + provider + "\",\"name\":\"New\"}").statusCode(201);
        // When
        delete("models/" + model).statusCode(200).body("$", equalTo(Map.of("success", true, "deleted", model)));
        delete("providers/" + provider).statusCode(200).body("$", equalTo(Map.of("success", true, "deleted", provider)));
        // Then
        problem(delete("models/" + model), 404, "not_found").body("error", equalTo("Model not found"));
        problem(delete("providers/" + provider), 404, "not_found").body("error", equalTo("Provider not found"));
        assertThat(audited("model.deleted", model)).contains(provider);
        assertThat(audited("provider.deleted", provider)).contains("New");
    }

    @Test
    void aProviderThatAModelNamesStays() {
        // When
        var response = delete("providers/mistral");
        // Then
        problem(response, 409, "state_conflict").body("error", containsString("models name it"));
    }

    @Test
    void aProviderThatAConfigurationNamesStaysUntilItsProjectIsGone() {
        // Given
        put("providers/" + provider, "{\"name\":\"New\"}").statusCode(201);
        TestTeam team = TestTeam.create();
        Database.update("UPDATE project_config SET allowed_providers = ARRAY[?] WHERE team_id = ?", provider, team.id());
        problem(delete("providers/" + provider), 409, "state_conflict").body("error", containsString("allowed_providers"));
        Database.update("UPDATE project SET deleted_at = now() WHERE team_id = ?", team.id());
        // When
        var response = delete("providers/" + provider);
        // Then
        response.statusCode(200);
    }

    @Test
    void aModelThatAConfigurationNamesStaysUntilItsTeamIsGone() {
        // Given
        put("models/" + model, "{\"provider\":\"mistral\",\"name\":\"New\"}").statusCode(201);
        TestTeam team = TestTeam.create();
        Database.update("UPDATE project_config SET blacklisted_models = ARRAY[?] WHERE team_id = ?", model, team.id());
        problem(delete("models/" + model), 409, "state_conflict").body("error", containsString("blacklisted_models"));
        Database.update("UPDATE team SET deleted_at = now() WHERE id = ?", team.id());
        // When
        var response = delete("models/" + model);
        // Then
        response.statusCode(200);
    }

    @Test
    void aModelThatHasAPriceStays() {
        // Given
        put("models/" + model, "{\"provider\":\"mistral\",\"name\":\"New\"}").statusCode(201);
        Database.update("INSERT INTO price (id, meter, model, type, unit_price, currency, effective_from, created_at) "
                + "VALUES (?, 'tokens_in', ?, 'per_unit', 1, 'EUR', now(), now())", Ids.next(), model);
        // When
        var response = delete("models/" + model);
        // Then
        problem(response, 409, "state_conflict").body("error", containsString("price"));
    }

    private static ValidatableResponse put(String path, String body) {
        return asOperator().body(body).put("/api/registry/" + path).then();
    }

    private static ValidatableResponse delete(String path) {
        return asOperator().delete("/api/registry/" + path).then();
    }

    private static String audited(String action, String target) {
        return Database.value("SELECT changes::text FROM audit_entry WHERE team_id = '00000000-0000-0000-0000-000000000000' "
                + "AND action = ? AND target_id = ? ORDER BY seq DESC LIMIT 1", action, target).toString();
    }
}
