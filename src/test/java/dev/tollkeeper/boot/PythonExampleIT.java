package dev.tollkeeper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;

/** The Python example of hosted.ai's FAQ, to the letter but for the URL and the key. */
class PythonExampleIT {
    private static final String EXAMPLE = """
            import requests

            url = "https://USER_PANEL_URL/api/users"
            headers = {
                "Authorization": "Bearer YOUR_API_KEY"
            }

            response = requests.get(url, headers=headers)
            print(response.json())
            """;

    @TempDir
    Path directory;

    @Test
    void itListsTheUsers() throws Exception {
        // Given
        Optional<String> python = Stream.of("python3", "/usr/bin/python3").filter(PythonExampleIT::hasRequests).findFirst();
        Assumptions.assumeTrue(python.isPresent(), "needs Python with requests (Debian: python3-requests)");
        try (PackagedService service = PackagedService.launch(directory, Map.of()).awaitReady()) {
            String example = EXAMPLE.replace("https://USER_PANEL_URL", service.url("")).replace("YOUR_API_KEY",
                    service.printed("Management key"));
            // When
            String printed = run(List.of(python.get(), Files.writeString(directory.resolve("example.py"), example).toString()));
            // Then
            assertThat(printed).startsWith("{'users': [{").contains("'email': 'admin@tollkeeper.local'", "'next_cursor': None");
        }
    }

    @Test
    void theReadmeHasTheSameExample() throws IOException {
        // When
        String readme = Files.readString(Path.of("README.md"));
        // Then
        assertThat(readme).contains(EXAMPLE.replace("https://USER_PANEL_URL", "http://localhost:8080"));
    }

    private static boolean hasRequests(String python) {
        try {
            run(List.of(python, "-c", "import requests"));
            return true;
        } catch (IOException | IllegalStateException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("python", ".out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(output));
        }
        return Files.readString(output);
    }
}
