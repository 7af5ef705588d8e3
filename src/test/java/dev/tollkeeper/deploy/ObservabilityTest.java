package dev.tollkeeper.deploy;

import static dev.tollkeeper.testsupport.Api.asNobody;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.Program;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The rules and the dashboard of {@code deploy/observability}: what they ask for is there, and each alert says what to do. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ObservabilityTest {
    private static final Path DIRECTORY = Path.of("deploy", "observability");
    private static final Pattern METRIC = Pattern.compile("\\b(?:tollkeeper|http|sql|jvm|process)_[a-z0-9_]+");
    /** Told only with a Redis, and with keys under an old pepper: ExactLimitsIT and PepperRotationIT look for these. */
    private static final Set<String> ELSEWHERE = Set.of("tollkeeper_redis_up", "tollkeeper_rate_limit_without_redis_total",
            "tollkeeper_old_pepper_secrets");

    @Test
    void everyMetricThatARuleOrAPanelNamesIsToldByTheService() throws IOException {
        // Given
        Set<String> named = new TreeSet<>();
        for (String expression : expressions()) {
            Matcher metrics = METRIC.matcher(expression);
            while (metrics.find()) {
                named.add(metrics.group());
            }
        }
        assertThat(named).hasSizeGreaterThan(10);
        asNobody().get("/api/registry");
        // When
        String scrape = asNobody().get("/q/metrics").asString();
        // Then
        Set<String> told = new HashSet<>();
        scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> told.add(line.split("[{ ]", 2)[0]));
        named.removeAll(ELSEWHERE);
        assertThat(told).containsAll(named);
    }

    @Test
    void everyAlertHasARunbook() throws IOException {
        // Given
        Set<String> headings = new HashSet<>();
        Files.readAllLines(Path.of("docs", "operations", "alerts.md")).stream().filter(line -> line.startsWith("## "))
                .forEach(line -> headings
                        .add("docs/operations/alerts.md#" + line.substring("## ".length()).toLowerCase(Locale.ROOT)));
        // When
        List<String> runbooks = new ArrayList<>();
        for (JsonNode rule : rules()) {
            if (rule.has("alert")) {
                runbooks.add(rule.path("annotations").path("runbook").asText());
                assertThat(rule.path("annotations").path("runbook").asText())
                        .endsWith('#' + rule.path("alert").asText().toLowerCase(Locale.ROOT));
            }
        }
        // Then
        assertThat(headings).containsExactlyInAnyOrderElementsOf(runbooks);
    }

    @Test
    void prometheusTakesTheRulesAndTheyTellWhatTheyShould() {
        String promtool = promtool();
        assertThat(Program.run(DIRECTORY, promtool, "check", "rules", "rules.yaml")).contains("SUCCESS");
        assertThat(Program.run(DIRECTORY, promtool, "test", "rules", "rules.test.yaml")).contains("SUCCESS");
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.path("expr").asText()));
        Manifests.yaml(DIRECTORY.resolve("dashboard.json")).path("panels")
                .forEach(panel -> panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    private static JsonNode rules() {
        return Manifests.yaml(DIRECTORY.resolve("rules.yaml")).path("groups").path(0).path("rules");
    }

    private static String promtool() {
        return Program.installed("promtool").map(Path::toString).findFirst().orElseGet(() -> {
            String missing = "NOT CHECKED: the rules of deploy/observability. There is no promtool (Debian's package prometheus).";
            System.err.println(missing);
            return Assumptions.abort(missing);
        });
    }
}
