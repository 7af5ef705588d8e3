package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The first page. */
class OverviewIT extends ConsoleTest {
    @Test
    void aNewProjectIsWell() {
        // When
        open(team.admin(), "/");
        // Then
        assertThat(page).hasURL(installation.url("/overview"));
        assertThat(heading("All is well")).isVisible();
        assertThat(page.locator(".figures")).containsText("0.00 EUR");
        Looks.good(page, "overview-empty");
    }

    @Test
    void itTellsHowThingsStandAndWhatWantsAttention() {
        // Given
        team.credit("100");
        String key = team.key("acme", Map.of("expires_at", Instant.now().plus(Duration.ofDays(3)).toString()));
        team.key("other");
        team.budget(Map.of("name", "chat", "scope", "project", "period", "total", "hard_limit", "10"));
        team.spend(key, "8.000001");
        // When
        open(team.admin(), "/overview");
        // Then
        assertThat(page.locator(".figures")).containsText("91.999999 EUR");
        assertThat(page.locator(".figures")).containsText("8.000001 EUR");
        assertThat(page.locator(".figures div").last()).containsText("2");
        assertThat(page.getByText("has spent 8.000001 EUR of 10.00 EUR")).isVisible();
        Looks.good(page, "overview");
        link("acme").click();
        assertThat(heading("acme")).isVisible();
    }

    @Test
    void aMemberSeesItToo() {
        // When
        open(team.member(), "/overview");
        // Then
        assertThat(heading("All is well")).isVisible();
    }
}
