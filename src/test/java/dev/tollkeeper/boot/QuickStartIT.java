package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;

/** The README's quick start, run as it is printed, and what is left of it after {@code kill -9}. */
class QuickStartIT {
    private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PROBLEM = Pattern.compile("\"type\":\"about:blank\".*?\"code\":\"([a-z_]+)\"");

    @TempDir
    Path directory;

    @Test
    void itWorksAsPrintedAndEverythingIsThereAfterAKill() throws Exception {
        // Given
        String key;
        Map<String, Object> billed;
        try (PackagedService service = PackagedService.launch(directory, Map.of()).awaitReady()) {
            key = service.printed("Management key");
            // When
            String output = run(quickStart(), Map.of("API", service.url("/api"), "ADMIN_KEY", key, "ADMIN_PASSWORD",
                    service.printed("Password")));
            // Then
            assertThat(output).contains("\"valid\":true,\"code\":\"valid\"", "\"code\":\"ip_not_allowed\"", "HTTP/1.1 200 OK",
                    "\"accepted\":2,\"duplicates\":0,\"rejected\":0",
                    "id,at,kind,amount,balance_after,currency,reference_type,reference_id,reverses", "\"total\":\"0.12\"");
            assertThat(PROBLEM.matcher(output).results().map(problem -> problem.group(1))).containsExactly("key_revoked");
            billed = balanceAndKeys(service, key);
            service.kill();
        }
        try (PackagedService again = PackagedService.launch(directory, Map.of()).awaitReady()) {
            assertThat(balanceAndKeys(again, key)).isEqualTo(billed);
        }
    }

    /** 25 euro less 3 images at 0.04 and 1500 tokens at a price that the registry ships. */
    private static Map<String, Object> balanceAndKeys(PackagedService service, String key) {
        var bearer = "Bearer " + key;
        Map<String, Object> balance = given().header("Authorization", bearer).get(service.url("/api/manage/users/balance"))
                .then()
                .statusCode(200).body("currency", equalTo("EUR")).extract().path("$");
        assertThat(balance.get("posted").toString()).startsWith("24.87");
        given().header("Authorization", bearer).get(service.url("/api/manage/api-keys")).then().statusCode(200)
                .body("api_keys.name", hasItems("bootstrap", "first-customer"))
                .body("api_keys.find { it.name == 'first-customer' }.status", equalTo("revoked"));
        String team = given().header("Authorization", bearer).get(service.url("/api/auth/whoami")).path("team_id");
        given().header("Authorization", bearer)
                .get(service.url("/api/team-billing/summary/" + team + "/2020-01-01/2100-01-01")).then().statusCode(200)
                .body("total_quantity", equalTo("1503"));
        return balance;
    }

    /** The blocks of the section, without those that are for the reader to fill in. */
    private static String quickStart() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("## Quick start");
        Matcher blocks = SHELL_BLOCK.matcher(readme.substring(start, readme.indexOf("### From Python", start)));
        List<String> steps = new ArrayList<>();
        while (blocks.find()) {
            if (!blocks.group(1).contains("…")) {
                steps.add(blocks.group(1));
            }
        }
        assertThat(steps).hasSizeGreaterThanOrEqualTo(7);
        return String.join("\n", steps);
    }

    private String run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("quick-start.sh"), "set -eu\n" + script);
        Path output = directory.resolve("quick-start.out");
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().putAll(environment);
        Process process = bash.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
