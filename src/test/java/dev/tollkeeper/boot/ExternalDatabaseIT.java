package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The packaged jar on a database of the operator's own. */
class ExternalDatabaseIT {
    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Postgres.execute(postgres, "CREATE DATABASE tollkeeper", "CREATE DATABASE untouched");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void itServesFromThatDatabaseAndStartsNoneOfItsOwn() throws Exception {
        // Given
        Map<String, String> settings = settings("tollkeeper");
        // When
        try (PackagedService service = PackagedService.launch(directory, settings).awaitReady();
                PackagedService replica = PackagedService.launch(directory, settings).awaitReady()) {
            // Then
            for (PackagedService one : new PackagedService[]{service, replica}) {
                given().header("X-API-Key", TestSettings.BOOTSTRAP_KEY).get(one.url("/api/auth/whoami")).then().statusCode(200)
                        .body("user.email", equalTo(TestSettings.OPERATOR_EMAIL));
                assertThat(one.output()).doesNotContain(TestSettings.BOOTSTRAP_KEY, TestSettings.PASSWORD, TestSettings.PEPPER);
            }
            assertThat(Files.exists(directory.resolve("data"))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "TOLLKEEPER_KEY_PEPPERS | | TOLLKEEPER_KEY_PEPPERS",
            "TOLLKEEPER_KEY_PEPPERS | change-me-change-me-change-me-change-me | TOLLKEEPER_KEY_PEPPERS",
            "TOLLKEEPER_DATABASE_PASSWORD | | TOLLKEEPER_DATABASE_PASSWORD",
            "TOLLKEEPER_DATABASE_URL | jdbc:postgresql://localhost/x | TOLLKEEPER_DATABASE_URL",
            "TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL | | TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL",
            "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD | | TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD",
            "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD | changeme | TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD",
            "TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY | tkm_wrong | TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY",
            "TOLLKEEPER_BOOTSTRAP_CURRENCY | EURO | TOLLKEEPER_BOOTSTRAP_CURRENCY",
            "TOLLKEEPER_REDIS_URL | localhost:6379 | TOLLKEEPER_REDIS_URL",
            "TOLLKEEPER_REDIS_URL | redis://:p#ss@localhost | TOLLKEEPER_REDIS_URL",
            "TOLLKEEPER_RATE_LIMIT_REPLICAS | 0 | TOLLKEEPER_RATE_LIMIT_REPLICAS",
            "TOLLKEEPER_RATE_LIMIT_WITHOUT_REDIS | ignore | TOLLKEEPER_RATE_LIMIT_WITHOUT_REDIS"})
    void aMissingOrSampleSecretStopsTheStartWithWhatToSet(String name, String value, String told) throws Exception {
        // Given
        Map<String, String> settings = settings("untouched");
        if (value == null) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
        // When
        PackagedService service = PackagedService.launch(directory, settings);
        int exit = service.awaitEnd();
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(service.output()).contains("Tollkeeper cannot start: ").contains(told).doesNotContain("\tat ");
    }

    private static Map<String, String> settings(String database) {
        return new HashMap<>(Map.of("TOLLKEEPER_DATABASE_URL", "postgresql://127.0.0.1:" + postgres.getPort() + "/" + database,
                "TOLLKEEPER_DATABASE_USERNAME", "postgres", "TOLLKEEPER_DATABASE_PASSWORD", "postgres",
                "TOLLKEEPER_KEY_PEPPERS",
                TestSettings.PEPPER, "TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL", TestSettings.OPERATOR_EMAIL,
                "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD", TestSettings.PASSWORD, "TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY",
                TestSettings.BOOTSTRAP_KEY));
    }
}
