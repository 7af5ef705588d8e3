package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

class KeyPageIT extends ConsoleTest {
    private final String key = team.key("acme", Map.of("allowed_ips", List.of("203.0.113.0/24"), "remaining_uses", 10,
            "rate_limit", Map.of("limit", 7, "window_seconds", 45), "scopes", List.of("chat")));

    private void openKey() {
        open(team.admin(), "/keys/" + key);
        assertThat(heading("acme")).isVisible();
    }

    @Test
    void anEditChangesWhatWasChangedAlone() {
        // Given
        openKey();
        button("Edit").click();
        Looks.good(page, "key-edit");
        dialog().getByLabel("Name").fill("acme, renamed");
        page.getByLabel("Allowed addresses").fill("");
        // When
        button("Save").click();
        // Then
        assertThat(heading("acme, renamed")).isVisible();
        assertThat(page.getByText("From everywhere")).isVisible();
        var now = team.keyNow(key);
        assertThat(now.<String>path("name")).isEqualTo("acme, renamed");
        assertThat(now.<List<String>>path("allowed_ips")).isEmpty();
        assertThat(now.<Map<String, Integer>>path("rate_limit")).isEqualTo(Map.of("limit", 7, "window_seconds", 45));
        assertThat(now.<Integer>path("remaining_uses")).isEqualTo(10);
        assertThat(page.locator("tk-history")).containsText("Updated");
        assertThat(page.locator("tk-history")).containsText("allowed ips: 203.0.113.0/24 → none");
    }

    @Test
    void aKeyIsDisabledAndEnabledAgain() {
        // Given
        openKey();
        // When
        button("Disable").click();
        // Then
        assertThat(page.locator(".page-head .badge").first()).hasText("Disabled");
        assertThat(team.keyNow(key).<String>path("status")).isEqualTo("disabled");
        button("Enable").click();
        assertThat(page.locator(".page-head .badge").first()).hasText("Active");
        assertThat(team.keyNow(key).<String>path("status")).isEqualTo("active");
    }

    @Test
    void aRotationShowsTheNewSecretAndCountsDownTheOldOnesTime() {
        // Given
        openKey();
        button("Rotate").click();
        page.getByLabel("The old secret stops").selectOption("3600");
        Looks.good(page, "key-rotate");
        // When
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Rotate")).click();
        // Then
        String secret = page.locator("#secret").textContent();
        assertThat(secret).matches("tk_[0-9A-Za-z]{49}");
        button("I have kept it").click();
        assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("00:(59|58):\\d\\d"));
        Looks.good(page, "key");
        button("Stop it now").click();
        assertThat(page.getByRole(AriaRole.TIMER)).hasCount(0);
        assertThat(page.locator("tk-history")).containsText("Previous secret ended");
        assertThat(team.keyNow(key).<String>path("hint")).isEqualTo(secret.substring(secret.length() - 4));
    }

    @Test
    void aRevokedKeyCanOnlyBeDeleted() {
        // Given
        openKey();
        button("Revoke…").click();
        Looks.good(page, "key-revoke");
        // When
        button("Revoke key").click();
        // Then
        assertThat(page.locator(".page-head .badge").first()).hasText("Revoked");
        assertThat(button("Edit")).hasCount(0);
        assertThat(button("Revoke…")).hasCount(0);
        assertThat(button("Delete…")).isVisible();
        assertThat(team.keyNow(key).<String>path("status")).isEqualTo("revoked");
    }

    @Test
    void aKeyIsDeletedByTypingItsName() {
        // Given
        openKey();
        button("Delete…").click();
        page.getByLabel("Type the name to confirm").fill("acm");
        button("Delete key").click();
        assertThat(page.locator("#confirm-typed-error")).isVisible();
        Looks.good(page, "key-delete");
        page.getByLabel("Type the name to confirm").fill("acme");
        // When
        button("Delete key").click();
        // Then
        assertThat(page).hasURL(installation.url("/keys"));
        assertThat(heading("No keys yet")).isVisible();
        assertThat(team.keyNow(key).statusCode()).isEqualTo(404);
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsToldInTheDialog() {
        // Given
        complaints.expect("404");
        openKey();
        button("Revoke…").click();
        installation.as(team.adminToken()).delete(installation.url("/api/manage/api-keys/" + key)).then().statusCode(200);
        // When
        button("Revoke key").click();
        // Then
        assertThat(dialog().getByRole(AriaRole.ALERT)).hasText("API key not found");
    }

    @Test
    void anotherTeamsKeyIsNotFound() {
        // Given
        complaints.expect("404");
        String foreign = ConsoleTeam.create(installation).key("foreign");
        // When
        open(team.admin(), "/keys/" + foreign);
        // Then
        assertThat(heading("Not found")).isVisible();
        assertThat(page.getByText("foreign")).hasCount(0);
        Looks.good(page, "key-not-found");
    }
}
