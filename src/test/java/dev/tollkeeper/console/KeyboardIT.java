package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;

/** All of it without a mouse. */
class KeyboardIT extends ConsoleTest {
    private static final int MOST_STEPS = 60;

    @Test
    void aKeyIsMadeCopiedEditedRotatedAndRevoked() {
        // Given
        page.navigate("/keys");
        assertThat(page.getByLabel("Email")).isFocused();
        type(team.admin());
        press("Tab");
        type(ConsoleTeam.PASSWORD);
        press("Enter");
        assertThat(heading("No keys yet")).isVisible();
        // When: made
        goTo("Create key");
        press("Enter");
        goTo("Name");
        type("by keyboard");
        press("Enter");
        assertThat(page.locator("#secret")).isVisible();
        String secret = page.locator("#secret").textContent();
        // copied
        goTo("Copy the key");
        press("Enter");
        assertThat(page.locator(".secret")).containsText("Copied");
        goTo("I have kept it");
        press("Enter");
        goTo("Search by name");
        press("Control+V");
        assertThat(page.getByLabel("Search by name")).hasValue(secret);
        assertThat(heading("No key fits")).isVisible();
        press("Control+A");
        press("Delete");
        assertThat(link("by keyboard")).isVisible();
        // edited
        goTo("by keyboard");
        press("Enter");
        assertThat(heading("by keyboard")).isVisible();
        goTo("Edit");
        press("Enter");
        goTo("Name");
        press("Control+A");
        type("edited by keyboard");
        press("Enter");
        assertThat(heading("edited by keyboard")).isVisible();
        assertThat(button("Edit")).isFocused();
        // rotated
        goTo("Rotate");
        press("Enter");
        goTo("The old secret stops");
        press("ArrowUp");
        goTo("Rotate");
        press("Enter");
        assertThat(page.locator("#secret")).isVisible();
        goTo("I have kept it");
        press("Enter");
        assertThat(page.locator("tk-overlap-notice")).containsText("The old secret still works");
        // revoked
        goTo("Revoke…");
        press("Enter");
        goTo("Revoke key");
        press("Enter");
        // Then
        assertThat(page.locator(".page-head .badge").first()).hasText("Revoked");
        assertThat(team.statusOf(secret)).isEqualTo(401);
    }

    @Test
    void theFirstStepIsPastTheNavigation() {
        // Given
        open(team.admin(), "/keys");
        page.reload();
        assertThat(heading("No keys yet")).isVisible();
        // When
        press("Tab");
        press("Enter");
        // Then
        assertThat(page.locator("#main")).isFocused();
    }

    @Test
    void escapeLeavesADialogAndTheFocusIsWhereItWas() {
        // Given
        open(team.admin(), "/keys");
        assertThat(heading("No keys yet")).isVisible();
        goTo("Create key");
        press("Enter");
        assertThat(dialog()).isVisible();
        // When
        press("Escape");
        // Then
        assertThat(dialog()).hasCount(0);
        assertThat(button("Create key").first()).isFocused();
    }

    /** By Tab alone, and each stop can be seen. */
    private void goTo(String name) {
        Locator focused = page.locator("*:focus");
        for (int step = 0; step < MOST_STEPS; step++) {
            if (focused.count() == 1 && name.equals(nameOf(focused))) {
                assertThat((Boolean) focused.evaluate("element => element.matches(':focus-visible') && "
                        + "getComputedStyle(element).outlineStyle !== 'none'")).as(name + " shows that it is focused").isTrue();
                return;
            }
            press("Tab");
        }
        throw new AssertionError("no way by keyboard to " + name);
    }

    /** Near enough to its accessible name: its label, or what stands in it. */
    private static String nameOf(Locator element) {
        return (String) element.evaluate("""
                element => (element.labels?.[0]?.innerText ?? element.getAttribute('aria-label') ?? element.textContent)
                    .replace(/\\s+/g, ' ').trim()""");
    }

    private void press(String key) {
        page.keyboard().press(key);
    }

    private void type(String text) {
        page.keyboard().type(text);
    }
}
