package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page of usage and bills. */
class UsageIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";
    private static final String UTC = "/usage?timezone=UTC";

    @Test
    void withoutUsageItSaysHowSomeComesHere() {
        // When
        open(team.admin(), "/usage");
        // Then
        assertThat(heading("No usage in this time")).isVisible();
        assertThat(heading("Nothing to pay")).isVisible();
        Looks.good(page, "usage-empty");
    }

    @Test
    void usageIsAPlotAndTheSameNumbersAsATable() {
        // Given
        String acme = team.key("acme");
        String script = team.key(SCRIPT);
        team.price("tokens", "0.000001");
        Instant now = Instant.now();
        for (int day = 0; day < 7; day++) {
            team.use(acme, "mistral-small-latest", Integer.toString(1_000_000 + day * 300_000),
                    now.minus(Duration.ofDays(day)));
            team.use(script, "gpt-4o", Integer.toString(2_000_001 - day * 200_000), now.minus(Duration.ofDays(day)));
        }
        // When
        open(team.admin(), UTC);
        // Then
        assertThat(page.locator("tk-stacked-bars canvas")).isVisible();
        assertThat(page.locator("tk-usage-table tbody tr")).hasCount(14);
        assertThat(page.locator(".legend")).containsText("mistral-small-latest");
        assertThat(page.locator("tk-usage-page .figures")).containsText("23.100007 EUR");
        Locator today = page.locator("tk-usage-table tbody tr", new Page.LocatorOptions().setHasText("gpt-4o")).last();
        assertThat(today).containsText("2,000,001");
        assertThat(today).containsText("2.000001 EUR");
        Looks.good(page, "usage");
        page.getByLabel("Apart by").selectOption("user_key");
        assertThat(page.locator(".legend")).containsText(SCRIPT);
        page.locator(".plot").hover();
        button("Requests").click();
        assertThat(button("Requests")).hasAttribute("aria-pressed", "true");
        page.getByLabel("Apart by").selectOption("none");
        assertThat(page.locator("tk-usage-table tbody tr")).hasCount(30);
        assertThat(page.locator(".legend")).hasCount(0);
    }

    @Test
    void theAddressSaysWhatIsShownAndBothEndsArePlain() {
        // When
        open(team.admin(), "/usage?from=2026-02-01&until=2026-03-01&timezone=Europe%2FVienna&bucket=1w&group_by=meter");
        // Then
        assertThat(page.getByLabel("From")).hasValue("2026-02-01");
        assertThat(page.getByLabel("Until, not included")).hasValue("2026-03-01");
        assertThat(page.getByLabel("Time zone")).hasValue("Europe/Vienna");
        assertThat(page.getByLabel("For each")).hasValue("1w");
        assertThat(page.getByLabel("Apart by")).hasValue("meter");
        assertThat(page.getByText("up to, and not including, March 1, 2026 at 00:00, Europe/Vienna")).isVisible();
        // When
        page.getByLabel("Until, not included").fill("2026-04-01");
        // Then
        assertThat(page.getByText("up to, and not including, April 1, 2026 at 00:00, Europe/Vienna")).isVisible();
        assertThat(page).hasURL(installation
                .url("/usage?from=2026-02-01&until=2026-04-01&timezone=Europe%2FVienna&bucket=1w&group_by=meter"));
    }

    @Test
    void aPeriodIsOneClickAndSoIsWhatIsNotReadAsARange() {
        // Given
        complaints.expect("400");
        open(team.admin(), UTC);
        // When
        button("This month").click();
        // Then
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(page.getByLabel("From")).hasValue(today.withDayOfMonth(1).toString());
        assertThat(page.getByLabel("Until, not included")).hasValue(today.withDayOfMonth(1).plusMonths(1).toString());
        // When
        page.getByLabel("Until, not included").fill("2020-01-01");
        // Then
        assertThat(heading("This could not be loaded")).isVisible();
        Looks.good(page, "usage-refused");
        button("7 days").click();
        assertThat(heading("No usage in this time")).isVisible();
    }

    @Test
    void theSameRowsAreKeptAsCsv() throws IOException {
        // Given
        team.price("tokens", "0.5");
        team.use(team.key("=acme"), "gpt-4o", "3", Instant.now());
        open(team.admin(), UTC + "&group_by=user_key");
        // When
        Download kept = page.waitForDownload(() -> button("CSV").click());
        // Then
        assertThat(kept.suggestedFilename()).startsWith("usage-").endsWith(".csv");
        List<String> lines = Files.readAllLines(kept.path());
        assertThat(lines.get(0)).isEqualTo("start,end,group,group_name,quantity,requests,cost,currency");
        assertThat(lines).hasSize(2).last().asString().contains("'=acme", ",3,1,1.500000,EUR");
    }

    @Test
    void theInvoiceOfAMonthIsToldLineByLine() throws IOException {
        // Given
        team.price("tokens", "0.005");
        team.use(team.key("acme"), "gpt-4o", "1003", Instant.now());
        open(team.admin(), "/usage");
        Locator invoice = page.locator("tk-invoice-preview");
        assertThat(invoice.locator("tbody tr")).hasCount(1);
        assertThat(invoice.locator("tbody tr")).containsText("gpt-4o");
        assertThat(invoice.locator("tbody tr")).containsText("1,003");
        assertThat(invoice.locator("tfoot")).containsText("5.02 EUR");
        assertThat(invoice).containsText("Preview");
        // When
        Download kept = page.waitForDownload(() -> button("CSV of the invoice").click());
        // Then
        assertThat(Files.readAllLines(kept.path())).hasSize(2).last().asString().contains("tokens,gpt-4o,1003,5.02,EUR");
        page.getByLabel("Month of the invoice")
                .selectOption(LocalDate.now(ZoneOffset.UTC).minusMonths(2).toString().substring(0, 7));
        assertThat(heading("Nothing to pay")).isVisible();
    }

    @Test
    void aKeysPageHasItsOwnUsageAlone() {
        // Given
        team.price("tokens", "1");
        String acme = team.key("acme");
        team.use(acme, "gpt-4o", "4", Instant.now());
        team.use(team.key("other"), "gpt-4o", "100", Instant.now());
        // When
        open(team.admin(), "/keys/" + acme);
        // Then
        assertThat(page.locator("tk-key-usage .figures")).containsText("4.00 EUR");
        assertThat(page.locator("tk-key-usage canvas")).isVisible();
        page.getByText("As a table").click();
        assertThat(page.locator("tk-key-usage tbody tr")).hasCount(1);
        Looks.good(page, "key-usage");
    }

    @Test
    void theServiceMayBeDownAndComeBack() {
        // Given
        complaints.expect("net::ERR_FAILED");
        open(team.admin(), UTC);
        assertThat(heading("No usage in this time")).isVisible();
        page.route("**/api/usage**", route -> route.abort());
        button("7 days").click();
        assertThat(page.getByText("The service cannot be reached.")).isVisible();
        page.unroute("**/api/usage**");
        // When
        page.getByRole(AriaRole.ALERT).getByRole(AriaRole.BUTTON).click();
        // Then
        assertThat(heading("No usage in this time")).isVisible();
    }
}
