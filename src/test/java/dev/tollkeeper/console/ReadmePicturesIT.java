package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The pictures that the README shows: a team as there could be one. {@code -Dreadme.pictures=update} puts them where the README
 * has them, else they stay in the report.
 */
class ReadmePicturesIT extends ConsoleTest {
    private static final Path SHOWN = Path.of("docs", "pictures");
    private static final Path MADE = Path.of("target", "console-screenshots");
    private static final List<String> KEYS = List.of("storefront", "mobile app", "nightly batch", "partner: Globex", "staging");
    private static final List<String> MODELS = List.of("mistral-small-latest", "gpt-4o", "claude-sonnet-4");
    private static final int DAYS = 30;

    @Test
    void aTeamAsThereCouldBeOne() throws IOException {
        // Given
        team.rename("Acme");
        team.price("tokens", "0.000002");
        team.credit("2500");
        use();
        team.budget(Map.of("name", "Production", "scope", "project", "period", "monthly", "hard_limit", "350"));
        open(team.admin(), "/overview");
        // Then
        assertThat(page.locator(".figures")).not().containsText("…");
        assertThat(heading("Wants attention")).isVisible();
        picture("readme-overview", ColorScheme.LIGHT);
        // When
        page.navigate("/usage?timezone=UTC");
        assertThat(page.locator("tk-stacked-bars canvas")).isVisible();
        assertThat(page.locator("tk-invoice-preview tbody tr").first()).isVisible();
        picture("readme-usage", ColorScheme.LIGHT);
        // When
        page.navigate("/keys");
        assertThat(page.locator("tbody tr")).hasCount(KEYS.size());
        picture("readme-keys", ColorScheme.DARK);
    }

    private void use() {
        var random = new Random(1);
        Instant now = Instant.now();
        for (int place = 0; place < KEYS.size(); place++) {
            String key = team.key(KEYS.get(place), place == 2
                    ? Map.of("expires_at", now.plus(Duration.ofDays(9)).toString(), "allowed_ips", List.of("203.0.113.0/24"))
                    : Map.of());
            for (int day = 0; day < DAYS; day++) {
                int tokens = (900_000 - place * 150_000) + random.nextInt(700_000);
                team.use(key, MODELS.get((place + day % 2) % MODELS.size()), Integer.toString(tokens),
                        now.minus(Duration.ofDays(day)));
            }
        }
    }

    private void picture(String name, ColorScheme theme) throws IOException {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        Files.createDirectories(MADE);
        Path made = MADE.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(made));
        Path shown = SHOWN.resolve(name + ".png");
        if ("update".equals(System.getProperty("readme.pictures"))) {
            Files.createDirectories(SHOWN);
            Files.write(shown, Files.readAllBytes(made));
        }
        assertThat(shown).as("update with -Dreadme.pictures=update").isNotEmptyFile();
        assertThat(Path.of("README.md")).content().contains("docs/pictures/" + name + ".png");
    }
}
