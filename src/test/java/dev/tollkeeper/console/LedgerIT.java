package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** The page of a team's ledger. */
class LedgerIT extends ConsoleTest {
    @Test
    void aTeamWithoutEntriesIsToldWhatComesHere() {
        // When
        open(team.admin(), "/ledger");
        // Then
        assertThat(heading("No entries yet")).isVisible();
        assertThat(page.locator(".figures")).containsText("0.00 EUR");
        Looks.good(page, "ledger-empty");
    }

    @Test
    void eachMovementStandsThereToItsLastDigit() {
        // Given
        team.credit("1234567.890123");
        team.takeBack(team.credit("0.5"));
        // When
        open(team.admin(), "/ledger");
        // Then
        var rows = page.locator("tbody tr");
        assertThat(rows).hasCount(3);
        assertThat(rows.nth(0)).containsText("Taken back");
        assertThat(rows.nth(0)).containsText("−0.50 EUR");
        assertThat(rows.nth(1)).containsText("1,234,568.390123 EUR");
        assertThat(rows.nth(2)).containsText("Credit");
        assertThat(page.locator(".figures")).containsText("1,234,567.890123 EUR");
        Looks.good(page, "ledger");
    }

    @Test
    void aLongLedgerIsShownPageByPage() {
        // Given
        for (int entry = 0; entry < 51; entry++) {
            team.credit("1");
        }
        open(team.admin(), "/ledger");
        assertThat(page.locator("tbody tr")).hasCount(50);
        // When
        button("Show more").click();
        // Then
        assertThat(page.locator("tbody tr")).hasCount(51);
        assertThat(button("Show more")).hasCount(0);
    }
}
