package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code kubectl apply -k} would send: strictly valid, and each part fitting the others. */
class ManifestsTest {
    static List<Path> files() {
        return Manifests.files();
    }

    static List<String> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileIsStrictlyWhatKubernetesTakes(Path file) {
        assertThat(Manifests.read(file)).isNotEmpty().allSatisfy(Manifest::requireValid);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void soIsEachOverlay(String overlay) {
        assertThat(Manifests.build(overlay)).isNotEmpty().allSatisfy(Manifest::requireValid);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsConfined(String overlay) {
        for (Manifest manifest : Manifests.build(overlay)) {
            JsonNode pod = manifest.podTemplate().path("spec");
            if (pod.isMissingNode()) {
                continue;
            }
            assertThat(pod.path("automountServiceAccountToken")).as(manifest.name()).hasToString("false");
            assertThat(pod.path("securityContext").path("runAsNonRoot")).as(manifest.name()).hasToString("true");
            assertThat(pod.path("securityContext").path("runAsUser").asInt()).as(manifest.name()).isPositive();
            assertThat(pod.path("securityContext").path("seccompProfile").path("type").asText()).isEqualTo("RuntimeDefault");
            assertThat(
                    pod.path("hostNetwork").asBoolean() || pod.path("hostPID").asBoolean() || pod.path("hostIPC").asBoolean())
                    .isFalse();
            assertThat(pod.path("volumes")).as("of the host").noneMatch(volume -> volume.has("hostPath"));
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation")).as(manifest.name()).hasToString("false");
                assertThat(security.path("readOnlyRootFilesystem")).as(manifest.name()).hasToString("true");
                assertThat(security.path("capabilities").path("drop")).as(manifest.name()).hasToString("[\"ALL\"]");
                assertThat(security.path("privileged").asBoolean()).isFalse();
                assertThat(container.path("resources").path("requests").fieldNames()).toIterable().contains("cpu", "memory");
                assertThat(container.path("resources").path("limits").fieldNames()).toIterable().contains("memory");
                assertThat(container.path("image").asText()).as("an image that stays the same").matches(".+:.+")
                        .doesNotEndWith(":latest");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void selectorsAndPortsFindWhatTheyName(String overlay) {
        List<Manifest> all = Manifests.build(overlay);
        for (Manifest manifest : all) {
            JsonNode spec = manifest.content().path("spec");
            switch (manifest.kind()) {
                case "Deployment", "StatefulSet" ->
                    assertThat(matches(spec.path("selector").path("matchLabels"), manifest)).isTrue();
                case "Service" -> {
                    List<Manifest> pods = all.stream().filter(other -> matches(spec.path("selector"), other)).toList();
                    assertThat(pods).as("pods of the service " + manifest.name()).hasSize(1);
                    assertThat(spec.path("ports")).allSatisfy(
                            port -> assertThat(portNames(pods.get(0))).contains(port.path("targetPort").asText()));
                }
                case "PodDisruptionBudget" -> assertThat(all).as(manifest.name())
                        .anyMatch(other -> matches(spec.path("selector").path("matchLabels"), other));
                case "NetworkPolicy" -> {
                    List<Manifest> pods = all.stream()
                            .filter(other -> matches(spec.path("podSelector").path("matchLabels"), other)).toList();
                    assertThat(pods).as(manifest.name()).hasSize(1);
                    assertThat(portNames(pods.get(0)))
                            .contains(spec.path("ingress").path(0).path("ports").path(0).path("port").asText());
                }
                case "HorizontalPodAutoscaler" -> assertThat(all).anyMatch(other -> other.kind()
                        .equals(spec.path("scaleTargetRef").path("kind").asText())
                        && other.name().equals(spec.path("scaleTargetRef").path("name").asText()));
                default -> {
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probesAskPortsThatThereAre(String overlay) {
        for (Manifest manifest : Manifests.build(overlay)) {
            for (JsonNode container : manifest.podTemplate().path("spec").path("containers")) {
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    JsonNode asked = container.path(probe);
                    for (String how : List.of("httpGet", "tcpSocket")) {
                        if (asked.has(how)) {
                            assertThat(portNames(manifest)).contains(asked.path(how).path("port").asText());
                        }
                    }
                }
                for (JsonNode mount : container.path("volumeMounts")) {
                    assertThat(volumes(manifest)).contains(mount.path("name").asText());
                }
            }
        }
    }

    private static boolean matches(JsonNode selector, Manifest pods) {
        JsonNode labels = pods.podTemplate().path("metadata").path("labels");
        return !selector.isEmpty()
                && selector.properties().stream().allMatch(wanted -> labels.path(wanted.getKey()).equals(wanted.getValue()));
    }

    private static List<String> portNames(Manifest pods) {
        List<String> names = new ArrayList<>();
        pods.podTemplate().path("spec").path("containers")
                .forEach(container -> container.path("ports").forEach(port -> names.add(port.path("name").asText())));
        return names;
    }

    private static List<String> volumes(Manifest pods) {
        List<String> names = new ArrayList<>();
        pods.podTemplate().path("spec").path("volumes").forEach(volume -> names.add(volume.path("name").asText()));
        pods.content().path("spec").path("volumeClaimTemplates")
                .forEach(claim -> names.add(claim.path("metadata").path("name").asText()));
        return names;
    }
}
