package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The gateways of the overlays are those of the guides, which tests run or hold against their definitions. */
class GatewaysOfManifestsTest {
    private static final List<String> IDENTITY = List.of("X-Tollkeeper-Key-Id", "X-Tollkeeper-Key-Name", "X-Tollkeeper-Team-Id",
            "X-Tollkeeper-Project-Id", "X-Tollkeeper-User-Id", "X-Tollkeeper-Scopes");

    @Test
    void envoyDiffersFromItsGuideInWhereTheOthersAreAlone() {
        // Given
        JsonNode guide = Manifests.yaml(Path.of("docs", "guides", "envoy", "envoy.yaml"));
        JsonNode ours = Manifests.yaml(Manifests.DIRECTORY.resolve("overlays").resolve("envoy").resolve("envoy.yaml"));
        // When
        for (JsonNode envoy : List.of(guide, ours)) {
            envoy.path("static_resources").path("clusters")
                    .forEach(cluster -> ((ObjectNode) cluster).remove(List.of("type", "load_assignment")));
        }
        // Then
        assertThat(ours).isEqualTo(guide);
    }

    @Test
    void envoyAsksReplicasAndNotAnythingElse() {
        JsonNode ours = Manifests.yaml(Manifests.DIRECTORY.resolve("overlays").resolve("envoy").resolve("envoy.yaml"));
        // When
        JsonNode address = ours.path("static_resources").path("clusters").path(0).path("load_assignment").path("endpoints")
                .path(0)
                .path("lb_endpoints").path(0).path("endpoint").path("address").path("socket_address");
        // Then
        var services = Manifests.build("envoy").stream().filter(manifest -> manifest.kind().equals("Service")).toList();
        assertThat(services).anyMatch(service -> service.name().equals(address.path("address").asText())
                && service.content().path("spec").path("ports").path(0).path("port").asInt() == address.path("port_value")
                        .asInt());
    }

    @Test
    void ingressNginxOverwritesEveryHeaderThatTellsWhoCalls() {
        // When
        JsonNode annotations = Manifests.build("nginx-ingress").stream().filter(manifest -> manifest.name().equals("paid-api"))
                .findFirst()
                .orElseThrow().content().path("metadata").path("annotations");
        // Then
        assertThat(annotations.path("nginx.ingress.kubernetes.io/auth-response-headers").asText().split(","))
                .containsExactlyElementsOf(IDENTITY);
        assertThat(annotations.path("nginx.ingress.kubernetes.io/auth-url").asText())
                .isEqualTo("http://tollkeeper.tollkeeper.svc.cluster.local:8080/api/auth/forward");
    }
}
