package dev.tollkeeper.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.tollkeeper.testsupport.Program;

/** The files of {@code deploy/k8s}, as they are and as kustomize puts them together. */
final class Manifests {
    private static final Path HERE = Path.of(".");
    static final Path DIRECTORY = Path.of("deploy", "k8s");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Kustomize's own files, patches, which are parts of objects, and what is no object of Kubernetes'. */
    private static final List<String> NO_OBJECTS = List.of("kustomization.yaml", "envoy.yaml", "trusted-proxies.yaml",
            "production/deployment.yaml", "production/config-map.yaml", "native/deployment.yaml");

    private Manifests() {
    }

    static List<String> overlays() {
        try (Stream<Path> overlays = Files.list(DIRECTORY.resolve("overlays"))) {
            return overlays.map(overlay -> overlay.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The files that hold whole objects. */
    static List<Path> files() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> NO_OBJECTS.stream().noneMatch(file.toString()::endsWith)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Manifest> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An overlay as it is applied. Without kubectl the test is skipped: the files themselves are judged in any case. */
    static List<Manifest> build(String overlay) {
        String kubectl = kubectl().orElse(null);
        if (kubectl == null) {
            String missing = "NOT CHECKED: what kustomize makes of deploy/k8s/overlays/" + overlay
                    + ". There is no kubectl of 1.22 or newer.";
            System.err.println(missing);
            Assumptions.abort(missing);
        }
        return parse(Program.run(HERE, kubectl, "kustomize", DIRECTORY.resolve("overlays").resolve(overlay).toString()));
    }

    /** One that builds these overlays: Debian 12's own is of 1.20, with a kustomize that knows no directories as resources. */
    private static Optional<String> kubectl() {
        return Program.installed("kubectl").map(Path::toString)
                .filter(found -> Program.run(HERE, found, "version", "--client").contains("Kustomize Version: v")).findFirst();
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Manifest> parse(String documents) {
        List<Manifest> manifests = new ArrayList<>();
        try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(documents)) {
            read.forEachRemaining(content -> manifests.add(new Manifest(content)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return manifests;
    }
}
