package dev.tollkeeper.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What Kubernetes and Prometheus ask a pod is answered. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProbesTest {
    @Test
    void everyPathThatThePodsManifestNamesIsThere() {
        // Given
        Manifest deployment = Manifests.read(Manifests.DIRECTORY.resolve("base").resolve("deployment.yaml")).get(0);
        Set<String> paths = new TreeSet<>();
        for (JsonNode container : deployment.podTemplate().path("spec").path("containers")) {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                paths.add(container.path(probe).path("httpGet").path("path").asText());
            }
        }
        paths.add(deployment.podTemplate().path("metadata").path("annotations").path("prometheus.io/path").asText());
        // Then
        assertThat(paths).hasSize(4);
        paths.forEach(path -> given().get(path).then().statusCode(200));
    }
}
