package dev.tollkeeper.registry;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RegistryResourceTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void theRegistryHasRealProvidersAndModels() {
        // When
        var registry = as(team.managementKey()).get("/api/registry").then().statusCode(200).extract();
        // Then
        List<Map<String, Object>> providers = registry.path("providers");
        List<Map<String, Object>> models = registry.path("models");
        assertThat(providers).contains(Map.of("id", "mistral", "name", "Mistral AI", "eu_native", true),
                Map.of("id", "openai", "name", "OpenAI", "eu_native", false));
        assertThat(models).contains(Map.of("id", "mistral-small-latest", "provider", "mistral", "name", "Mistral Small",
                "context_tokens", 128_000));
        assertThat(models.stream().map(model -> model.get("id").toString())).isSorted().hasSizeGreaterThanOrEqualTo(20);
        assertThat(providers.stream().map(provider -> provider.get("id").toString())).isSorted()
                .hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void anyUserReadsIt() {
        // Then
        asUser(team.memberEmail()).get("/api/registry").then().statusCode(200);
        asOperator().get("/api/registry").then().statusCode(200);
    }

    @Test
    void readingNeedsTheScope() {
        // Given
        scopes("settings:write");
        // When
        var response = as(team.managementKey()).get("/api/registry").then();
        // Then
        problem(response, 403, "scope_missing");
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/registry", "PUT,/api/registry/providers/x", "DELETE,/api/registry/providers/x",
            "PUT,/api/registry/models/x/y:z", "DELETE,/api/registry/models/x/y:z"})
    void everyCallNeedsAManagementCredential(String method, String path) {
        // Then
        problem(asNobody().body("{}").request(method, path).then(), 401, "credentials_missing");
        problem(as(team.ordinaryKey().secret()).body("{}").request(method, path).then(), 403, "management_key_required");
    }

    /** Invariant 16. Seen to fail without {@code operator = true} in ProviderResource. */
    @ParameterizedTest
    @CsvSource({"PUT,/api/registry/providers/mistral", "DELETE,/api/registry/providers/mistral",
            "PUT,/api/registry/models/gpt-4o", "DELETE,/api/registry/models/gpt-4o"})
    void onlyTheOperatorChangesIt(String method, String path) {
        // Then
        problem(asUser(team.adminEmail()).body("{\"name\":\"mine\"}").request(method, path).then(), 403, "operator_required");
        problem(asUser(team.memberEmail()).body("{\"name\":\"mine\"}").request(method, path).then(), 403, "operator_required");
        problem(as(team.managementKey()).body("{\"name\":\"mine\"}").request(method, path).then(), 403, "operator_required");
        assertThat(Database.query("SELECT 1 FROM registry_provider WHERE name = 'mine'")).isEmpty();
    }

    private void scopes(String scopes) {
        Database.update("UPDATE api_key SET scopes = string_to_array(?, ',') WHERE team_id = ?", scopes, team.id());
    }
}
