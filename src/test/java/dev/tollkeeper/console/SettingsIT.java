package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page of a project's settings. */
class SettingsIT extends ConsoleTest {
    @Test
    void whatWouldChangeIsShownBeforeItIsSaved() {
        // Given
        String provider = installation.as(team.adminToken()).get(installation.url("/api/registry")).path("providers[0].name");
        String model = installation.as(team.adminToken()).get(installation.url("/api/registry")).path("models[0].id");
        open(team.admin(), "/settings");
        Looks.good(page, "settings");
        page.getByText("The cheapest provider that may serve it.").click();
        page.getByRole(AriaRole.GROUP, byName("Allowed providers")).getByText(provider).first().click();
        page.getByLabel("Search models").fill(model);
        page.getByRole(AriaRole.GROUP, byName("Models that are ruled out")).getByRole(AriaRole.CHECKBOX).first().check();
        assertThat(page.getByText("3 changes, not saved")).isVisible();
        // When
        button("Review and save").click();
        // Then
        assertThat(dialog()).containsText("Preference");
        assertThat(dialog().locator("tbody tr")).hasCount(3);
        Looks.good(page, "settings-review");
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
        assertThat(page.getByText("No changes")).isVisible();
        var settings = team.settings();
        assertThat(settings.<String>path("inference_config.preference")).isEqualTo("cost");
        assertThat(settings.<List<String>>path("inference_config.allowed_providers")).hasSize(1);
        assertThat(settings.<List<String>>path("inference_config.blacklisted_models")).containsExactly(model);
        assertThat(settings.<Boolean>path("inference_config.eu_native")).isFalse();
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
        // Given
        complaints.expect("412");
        open(team.admin(), "/settings");
        page.getByLabel("Routing metadata in answers").check();
        team.changeSettings(Map.of("inference_config", Map.of("preference", "speed")));
        button("Review and save").click();
        // When
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
        // Then
        assertThat(dialog().getByText("Somebody has changed the settings")).isVisible();
        assertThat(team.settings().<Boolean>path("inference_config.include_metadata")).isFalse();
        button("Go on editing").click();
        assertThat(page.getByLabel("Routing metadata in answers")).isChecked();
    }

    @Test
    void changesCanBeDiscarded() {
        // Given
        open(team.admin(), "/settings");
        page.getByLabel("Only providers native to the EU").check();
        // When
        button("Discard").click();
        // Then
        assertThat(page.getByText("No changes")).isVisible();
        assertThat(page.getByLabel("Only providers native to the EU")).not().isChecked();
    }

    @Test
    void aMemberReadsThemAndEditsThemOnlyWhereRequestsMaySayOtherwise() {
        // Given
        open(team.member(), "/settings");
        assertThat(page.getByText("Admins of the team change them.")).isVisible();
        assertThat(page.getByLabel("Routing metadata in answers")).isDisabled();
        Looks.good(page, "settings-of-a-member");
        team.changeSettings(Map.of("allow_overwrite", true));
        // When
        page.reload();
        // Then
        assertThat(page.getByLabel("Routing metadata in answers")).isEnabled();
        assertThat(page.getByLabel("Requests may say otherwise")).isDisabled();
    }

    private static Page.GetByRoleOptions byName(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
