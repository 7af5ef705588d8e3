package dev.tollkeeper.admin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;

/** The commands on the embedded default: while it runs, and when it does not. */
class EmbeddedAdminIT {
    @TempDir
    Path directory;

    @Test
    void itIsFoundByItsDirectoryRunningOrNot() throws Exception {
        // Given
        Admin admin = new Admin(directory, Map.of());
        Path pepper = directory.resolve("data").resolve("key-pepper");
        assertThat(admin.run("verify-ledger").with(Outcome.FAILED).err()).contains("There is no installation in");
        String key;
        try (PackagedService service = PackagedService.launch(directory, Map.of()).awaitReady()) {
            // When
            key = create(admin, "while it runs");
            // Then
            assertThat(status(service, key)).isEqualTo(200);
        }
        // When
        String before = Files.readString(pepper);
        String another = create(admin, "while it does not");
        admin.run("rotate-pepper", "--write").with(Outcome.DONE);
        // Then
        assertThat(Files.readString(pepper)).endsWith("," + before).hasSizeGreaterThan(before.length() + 1);
        try (PackagedService service = PackagedService.launch(directory, Map.of()).awaitReady()) {
            assertThat(status(service, key)).isEqualTo(200);
            assertThat(status(service, another)).isEqualTo(200);
        }
    }

    private static String create(Admin admin, String name) throws Exception {
        return admin.run("create-key", "--project", "default", "--name", name, "--json").with(Outcome.DONE).json()
                .getString("api_key");
    }

    private static int status(PackagedService service, String key) {
        return given().header("X-API-Key", key).get(service.url("/api/auth/forward")).statusCode();
    }
}
