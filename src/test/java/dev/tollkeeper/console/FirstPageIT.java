package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Response;

/** What has to come over the wire before one sees anything. */
class FirstPageIT extends ConsoleTest {
    private static final long MOST = 250 * 1024;

    @Test
    void itIsLightAndThePlottingLibraryComesWhereThereIsAPlot() throws IOException {
        // Given
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);
        // When
        open(team.admin(), "/overview");
        assertThat(heading("All is well")).isVisible();
        // Then
        long first = size(answers);
        assertThat(first).as("bytes of the first page, compressed").isLessThanOrEqualTo(MOST);
        // When
        team.use(team.key("acme"), "gpt-4o", "1", Instant.now());
        link("Usage and billing").click();
        assertThat(page.locator("tk-stacked-bars canvas")).isVisible();
        // Then
        long plot = size(answers) - first;
        assertThat(plot).as("bytes of the plotting library and its page").isGreaterThan(MOST / 4);
        Files.writeString(Path.of("target", "console-sizes.txt"),
                "first page, signed in: %,d bytes on the wire; the first plot: %,d more%n".formatted(first, plot));
    }

    private static long size(List<Response> answers) {
        return answers.stream().filter(answer -> !answer.url().contains("/api/"))
                .mapToLong(answer -> answer.request().sizes().responseBodySize).sum();
    }
}
