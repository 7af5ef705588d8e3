package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

/** What the manifests set is what the service reads: a misspelt setting is none at all. */
class SettingsOfManifestsTest {
    private static final Pattern SETTING = Pattern.compile("`(TOLLKEEPER_[A-Z_]+|…_[A-Z_]+)`");

    static List<String> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void eachSettingIsOneThatTheReadmeNames(String overlay) throws IOException {
        List<String> set = set(Manifests.build(overlay));
        assertThat(set).isNotEmpty();
        assertThat(documented()).containsAll(set);
    }

    private static List<String> set(List<Manifest> manifests) {
        List<String> names = new ArrayList<>();
        for (Manifest manifest : manifests) {
            manifest.content().path("data").fieldNames().forEachRemaining(names::add);
            for (JsonNode container : manifest.podTemplate().path("spec").path("containers")) {
                container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
            }
        }
        return names.stream().filter(name -> name.startsWith("TOLLKEEPER_")).toList();
    }

    /** The settings of the README's table; `…_B` beside `X_A` is any of `X_B`, wherever X may end. */
    private static Set<String> documented() throws IOException {
        Set<String> names = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher found = SETTING.matcher(line);
            String first = null;
            while (line.startsWith("| `TOLLKEEPER_") && found.find()) {
                String name = found.group(1);
                if (name.startsWith("…")) {
                    for (int cut = first.indexOf('_'); cut > 0; cut = first.indexOf('_', cut + 1)) {
                        names.add(first.substring(0, cut) + name.substring(1));
                    }
                } else {
                    first = name;
                    names.add(name);
                }
            }
        }
        return names;
    }
}
