package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;
import io.restassured.http.ContentType;

/** The packaged jar with no settings at all: a database of its own in the working directory. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedDefaultIT {
    private static final int LAST = Integer.MAX_VALUE;

    @TempDir
    static Path directory;

    private static PackagedService service;
    private static String key;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        service = PackagedService.launch(directory, Map.of());
        key = service.awaitReady().printed("Management key");
        password = service.printed("Password");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whatItAcknowledgedSurvivesAKill() throws Exception {
        // Given
        String created = given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON)
                .body(Map.of("name", "kept"))
                .post(service.url("/api/manage/api-keys")).then().statusCode(201).extract().path("api_key");
        // When
        service.kill();
        service = PackagedService.launch(directory, Map.of()).awaitReady();
        // Then
        given().header("Authorization", "Bearer " + created).get(service.url("/api/auth/whoami")).then().statusCode(200)
                .body("key.name", equalTo("kept"));
        given().contentType(ContentType.JSON).body(Map.of("email", "admin@tollkeeper.local", "password", password))
                .post(service.url("/api/auth/token")).then().statusCode(200);
        assertThat(service.output()).doesNotContain("first start", key, password);
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefusedInASentence() throws Exception {
        // Given
        try (PackagedService second = PackagedService.launch(directory, Map.of())) {
            // When
            int exit = second.awaitEnd();
            // Then
            assertThat(exit).isEqualTo(1);
            assertThat(second.output()).contains("Tollkeeper cannot start: Another Tollkeeper is running on the data directory")
                    .contains("TOLLKEEPER_DATA_DIR").doesNotContain("\tat ");
            given().get(service.url("/q/health/ready")).then().statusCode(200);
        }
    }

    @Test
    @Order(LAST)
    void aShutdownStopsTheDatabaseAndLeavesNoSecretReadableToOthers() throws Exception {
        // Given
        Path pidFile = directory.resolve("data/postgres/postmaster.pid");
        Path log = directory.resolve("data/postgres.log");
        assertThat(pidFile).exists();
        int before = Files.readString(log).length();
        // When
        service.close();
        // Then
        assertThat(pidFile).doesNotExist();
        assertThat(Files.readString(log).substring(before)).contains("database system is shut down");
        for (String secret : List.of("key-pepper", "database-password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data").resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void itsDatabaseKeepsWhatItAcknowledgesAndAsksForAPassword() throws Exception {
        // Given
        List<String> pid = Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"));
        String url = "jdbc:postgresql://127.0.0.1:" + pid.get(3).strip() + "/postgres";
        String itsPassword = Files.readString(directory.resolve("data/database-password"));
        // When
        try (var connection = DriverManager.getConnection(url, "postgres", itsPassword);
                var statement = connection.createStatement();
                var fsync = statement.executeQuery("SHOW fsync")) {
            // Then
            fsync.next();
            assertThat(fsync.getString(1)).isEqualTo("on");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "wrong"))
                .isInstanceOf(SQLException.class);
        assertThat(service.output()).doesNotContain(itsPassword);
    }

    @Test
    void aPlainUserCanRunItToo(@TempDir Path home) throws Exception {
        // Given
        boolean root = "root".equals(System.getProperty("user.name"));
        Path setpriv = Path.of("/usr/bin/setpriv");
        Assumptions.assumeTrue(root && Files.isExecutable(setpriv), "needs root and setpriv to become another user");
        openToOthers(home);
        // When
        try (PackagedService plain = PackagedService.launch(home, Map.of("HOME", home.toString()),
                List.of(setpriv.toString(), "--reuid=65534", "--regid=65534", "--clear-groups")).awaitReady()) {
            // Then
            given().header("X-API-Key", plain.printed("Management key")).get(plain.url("/api/auth/whoami")).then()
                    .statusCode(200);
        }
    }

    private static void openToOthers(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path jar = Path.of(System.getProperty("tollkeeper.jar")).toAbsolutePath();
        for (Path parent = jar.getParent(); parent != null; parent = parent.getParent()) {
            boolean reachable = Files.getPosixFilePermissions(parent)
                    .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE);
            Assumptions.assumeTrue(reachable, parent + " is closed to other users");
        }
    }
}
