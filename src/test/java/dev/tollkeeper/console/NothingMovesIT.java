package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/** While a page loads, what one already sees stays where it is ("cumulative layout shift" of the Web Vitals). */
class NothingMovesIT extends ConsoleTest {
    /** The Web Vitals call up to 0.1 good. */
    private static final double MOST = 0.02;
    private static final String WATCH = """
            window.moved = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved += entry.hadRecentInput ? 0 : entry.value))
                .observe({type: 'layout-shift', buffered: true});""";
    private static final String LOADED = "() => document.querySelector('main .page') && !document.querySelector('.bones, [aria-busy=true]')";

    @Test
    void noPageMovesWhileItLoads() {
        // Given
        String key = team.key("acme");
        team.price("tokens", "0.01");
        team.use(key, "gpt-4o", "4", Instant.now());
        team.credit("100");
        team.budget(Map.of("name", "chat", "scope", "project", "period", "total", "hard_limit", "10"));
        open(team.admin(), "/overview");
        page.addInitScript(WATCH);
        // When
        Map<String, Double> moved = new TreeMap<>();
        for (String path : new String[]{"/overview", "/keys", "/keys/" + key, "/check", "/settings", "/usage", "/budgets",
                "/ledger", "/members",
                "/webhooks", "/audit"}) {
            page.navigate(path);
            page.waitForFunction(LOADED);
            assertThat(page.locator("main h1")).isVisible();
            double value = ((Number) page
                    .evaluate("async () => { await new Promise(requestAnimationFrame); return window.moved; }"))
                    .doubleValue();
            if (value > MOST) {
                moved.put(path, value);
            }
        }
        // Then
        assertThat(moved).as("how far what was seen moved").isEmpty();
    }
}
