package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A role that migrates and ends, and another for the service, which can change no table and nothing that is written once. */
class ServiceRoleIT {
    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Postgres.execute(postgres, "CREATE ROLE schema_owner LOGIN PASSWORD 'owner'",
                "CREATE ROLE service LOGIN PASSWORD 'service'", "CREATE DATABASE tollkeeper OWNER schema_owner");
        PackagedService migration = PackagedService.launch(directory, environment("schema_owner", "owner",
                Map.of("QUARKUS_INIT_AND_EXIT", "true", "TOLLKEEPER_DATABASE_SERVICE_ROLE", "service")));
        assertThat(migration.handle().onExit().get(60, TimeUnit.SECONDS)).isNotNull();
        service = PackagedService
                .launch(directory, environment("service", "service", Map.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")))
                .awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void itDoesAllThatAServiceDoes() throws IOException {
        // When
        String key = management().body(Map.of("name", "customer")).post(service.url("/api/manage/api-keys")).then()
                .statusCode(201)
                .extract().path("api_key");
        String team = management().get(service.url("/api/auth/whoami")).path("team_id");
        asOperator().body(Map.of("meter", "calls", "type", "per_unit", "unit_price", "0.5", "currency", "EUR", "effective_from",
                "2020-01-01T00:00:00Z")).post(service.url("/api/prices")).then().statusCode(201);
        asOperator().body(Map.of("amount", "10")).post(service.url("/api/team-billing/" + team + "/credits")).then()
                .statusCode(201);
        Map<String, String> event = Map.of("id", "1", "source", "test", "occurred_at",
                Instant.now().minus(Duration.ofDays(34)).toString(), "key_name", "customer", "meter", "calls", "quantity", "3");
        management().body(Map.of("events", List.of(event))).post(service.url("/api/usage/events")).then().statusCode(200)
                .body("accepted", equalTo(1));
        // Then
        given().header("X-API-Key", key).get(service.url("/api/auth/forward")).then().statusCode(200);
        management().get(service.url("/api/manage/users/balance")).then().statusCode(200).body("posted", equalTo("8.500000"));
        management().get(service.url("/api/team-billing/" + team + "/ledger")).then().statusCode(200);
        assertThat(service.output()).doesNotContain("permission denied", "ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE mine (x int)", "ALTER TABLE api_key ADD x int", "DROP TABLE ledger_entry",
            "UPDATE ledger_entry SET amount = 0", "DELETE FROM ledger_transaction", "TRUNCATE audit_entry",
            "UPDATE audit_entry SET seq = 0",
            "UPDATE price SET currency = 'USD'", "DELETE FROM usage_event", "UPDATE invoice SET total = 0",
            "DELETE FROM flyway_schema_history", "ALTER TABLE ledger_entry DISABLE TRIGGER ALL"})
    void andNothingElse(String statement) throws SQLException {
        try (Connection connection = connect(); Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement)).isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    @Test
    void aMonthIsDetachedAndItsTableIsNoneOfTheServices() throws SQLException {
        try (Connection connection = connect(); Statement sql = connection.createStatement()) {
            sql.execute("SELECT make_usage_partitions('2019-03-05Z', '2019-03-06Z')");
            // When
            sql.execute("SELECT detach_usage_partition('2019-03-01')");
            // Then
            assertThatThrownBy(() -> sql.execute("SELECT * FROM usage_event_2019_03"))
                    .hasMessageContaining("permission denied");
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/tollkeeper", "service",
                "service");
    }

    private static Map<String, String> environment(String role, String password, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TOLLKEEPER_DATABASE_URL", "postgresql://127.0.0.1:" + postgres.getPort() + "/tollkeeper");
        environment.put("TOLLKEEPER_DATABASE_USERNAME", role);
        environment.put("TOLLKEEPER_DATABASE_PASSWORD", password);
        return Replicas.environment(postgres.getPort(), environment);
    }

    private static RequestSpecification management() {
        return given().header("Authorization", "Bearer " + TestSettings.BOOTSTRAP_KEY).contentType(ContentType.JSON);
    }

    private static RequestSpecification asOperator() {
        String token = given().contentType(ContentType.JSON)
                .body(Map.of("email", TestSettings.OPERATOR_EMAIL, "password", TestSettings.PASSWORD))
                .post(service.url("/api/auth/token"))
                .then().statusCode(200).extract().path("access_token");
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
