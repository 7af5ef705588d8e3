package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The log as whatever collects it wants it: JSON, telling of which request and whose, and no secret. */
class JsonLogIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void eachLineIsAnObjectThatTellsTheRequestAndWhoCalled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PackagedService service = PackagedService.launch(directory, Replicas.environment(postgres.getPort(),
                        Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true", "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true")))
                        .awaitReady()) {
            // When
            var answer = given().header("Authorization", "Bearer " + TestSettings.BOOTSTRAP_KEY)
                    .get(service.url("/api/manage/api-keys"));
            // Then
            Awaitility.await().atMost(Duration.ofSeconds(10))
                    .until(() -> !entries(service, "GET /api/manage/api-keys").isEmpty());
            JsonNode mdc = entries(service, "GET /api/manage/api-keys").get(0).path("mdc");
            assertThat(mdc.path("request_id").asText()).isEqualTo(answer.header("X-Request-Id"));
            assertThat(mdc.path("caller_id").asText()).isEqualTo(answer.path("api_keys[0].id"));
            assertThat(mdc.path("team_id").asText()).isNotEmpty();
            assertThat(service.output()).doesNotContain(TestSettings.BOOTSTRAP_KEY);
        }
    }

    /** Those whose message holds this; every line that is written once the log is set up is one object. */
    private static List<JsonNode> entries(PackagedService service, String message) throws IOException {
        return service.output().lines().filter(line -> line.startsWith("{")).map(JsonLogIT::parse)
                .filter(entry -> entry.path("message").asText().contains(message)).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(line, broken);
        }
    }
}
