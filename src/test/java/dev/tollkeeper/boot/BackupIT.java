package dev.tollkeeper.boot;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.admin.Admin;
import dev.tollkeeper.testsupport.DebianPostgres;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;

/** docs/operations/backup.md: what is restored is whole, and is looked at before anything is changed. */
class BackupIT {
    private static final String PRICE = "0.0100";
    private static final String BEGUN = Instant.now().toString();

    @TempDir
    Path directory;

    @Test
    void aDumpIsRestoredLookedAtAndTakenIntoUse() throws Exception {
        try (DebianPostgres postgres = DebianPostgres.create(Files.createDirectory(directory.resolve("server")))) {
            // Given
            String key;
            try (PackagedService service = launch(postgres, "postgres", Map.of())) {
                Replicas.setPrice(service.port(), PRICE);
                record(service, "before", 30);
                key = newKey(service);
            }
            // When
            postgres.run("pg_dump", "--format", "custom", "--file", directory.resolve("server/tollkeeper.dump").toString(),
                    "postgres");
            postgres.sql("postgres", "CREATE DATABASE restored");
            postgres.run("pg_restore", "--dbname", "restored", "--exit-on-error",
                    directory.resolve("server/tollkeeper.dump").toString());
            // Then
            try (PackagedService service = launch(postgres, "restored", Map.of("TOLLKEEPER_READ_ONLY", "true"))) {
                assertNothingIsChanged(service, key);
            }
            assertThat(admin(postgres, "restored").run("verify-ledger").with(0).out()).contains("The books of 1 teams add up.");
            try (PackagedService service = launch(postgres, "restored", Map.of())) {
                record(service, "after", 10);
                assertThat(balance(service)).isEqualTo("-0.400000");
            }
        }
    }

    /** To the moment before somebody deleted what can be deleted, from a base backup and the log that was archived since. */
    @Test
    void itIsRecoveredToAPointInTime() throws Exception {
        Path server = Files.createDirectory(directory.resolve("server"));
        Path archive = server.resolve("archive");
        Path base = server.resolve("base");
        String key;
        String moment;
        try (DebianPostgres postgres = DebianPostgres.create(server, "archive_mode = on",
                "archive_command = 'mkdir -p " + archive + " && cp %p " + archive + "/%f'")) {
            // Given
            try (PackagedService service = launch(postgres, "postgres", Map.of())) {
                Replicas.setPrice(service.port(), PRICE);
                record(service, "before", 20);
                postgres.run("pg_basebackup", "--pgdata", base.toString(), "--checkpoint", "fast", "--wal-method", "none");
                record(service, "since", 30);
                key = newKey(service);
                moment = postgres.sql("postgres", "SELECT clock_timestamp()");
                record(service, "late", 5);
            }
            // When
            postgres.sql("postgres", "DELETE FROM usage_rollup; DELETE FROM api_key_secret");
            String last = postgres.sql("postgres", "SELECT pg_walfile_name(pg_switch_wal())");
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> postgres.sql("postgres", "SELECT last_archived_wal FROM pg_stat_archiver")
                            .compareTo(last) >= 0);
        }
        // Then
        Files.createFile(base.resolve("recovery.signal"));
        try (DebianPostgres recovered = DebianPostgres.on(server, base, "archive_mode = off",
                "restore_command = 'cp " + archive + "/%f %p'", "recovery_target_time = '" + moment + "'",
                "recovery_target_action = 'promote'")) {
            try (PackagedService service = launch(recovered, "postgres", Map.of("TOLLKEEPER_READ_ONLY", "true"))) {
                assertNothingIsChanged(service, key);
                assertThat(balance(service)).isEqualTo("-0.500000");
            }
            assertThat(admin(recovered, "postgres").run("verify-ledger").with(0).out())
                    .contains("The books of 1 teams add up.");
            // Senders send again what they cannot know to be stored: what is there already counts once.
            try (PackagedService service = launch(recovered, "postgres", Map.of())) {
                record(service, "since", 30);
                record(service, "late", 5);
                assertThat(balance(service)).isEqualTo("-0.550000");
            }
        }
    }

    private void assertNothingIsChanged(PackagedService service, String key) {
        given().header("X-API-Key", key).get(service.url("/api/auth/forward")).then().statusCode(200);
        management().body(Map.of("key", key)).post(service.url("/api/keys/verify")).then().statusCode(200).body("valid",
                equalTo(true));
        management().get(service.url("/api/manage/api-keys")).then().statusCode(200);
        management().body(Map.of("name", "new")).post(service.url("/api/manage/api-keys")).then().statusCode(503)
                .header("Retry-After", "30").body("code", equalTo("unavailable")).body("error", containsString("read-only"));
        management().body(Map.of("events", List.of(event(service, "refused", 0)))).post(service.url("/api/usage/events")).then()
                .statusCode(503).body("error", containsString("read-only"));
        given().get(service.url("/q/health/ready")).then().statusCode(200);
    }

    private static String balance(PackagedService service) {
        return management().get(service.url("/api/manage/users/balance")).path("posted");
    }

    private static String newKey(PackagedService service) {
        return management().body(Map.of("name", "kept")).post(service.url("/api/manage/api-keys")).path("api_key");
    }

    private static void record(PackagedService service, String name, int events) {
        management().body(Map.of("events", IntStream.range(0, events).mapToObj(i -> event(service, name, i)).toList()))
                .post(service.url("/api/usage/events")).then().statusCode(200).body("rejected", equalTo(0));
    }

    /** The same in every field each time, so that it is the same event. */
    private static Map<String, Object> event(PackagedService service, String name, int number) {
        Map<String, Object> event = new HashMap<>();
        event.put("id", name + " " + number);
        event.put("source", "test");
        event.put("occurred_at", BEGUN);
        event.put("key_id", management().get(service.url("/api/auth/whoami")).path("key.id"));
        event.put("meter", "calls");
        event.put("quantity", 1);
        return event;
    }

    private PackagedService launch(DebianPostgres postgres, String database, Map<String, String> more) throws Exception {
        Map<String, String> settings = settings(postgres, database);
        settings.putAll(more);
        return PackagedService.launch(directory, settings).awaitReady();
    }

    private Admin admin(DebianPostgres postgres, String database) {
        return new Admin(directory, settings(postgres, database));
    }

    private static Map<String, String> settings(DebianPostgres postgres, String database) {
        return new HashMap<>(Replicas.environment(postgres.port(), Map.of("TOLLKEEPER_DATABASE_URL",
                "postgresql://127.0.0.1:" + postgres.port() + "/" + database)));
    }
}
