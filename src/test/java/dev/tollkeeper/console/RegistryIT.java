package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The operator's page of providers and models. */
class RegistryIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";
    private final String provider = "p" + UUID.randomUUID().toString().substring(24);

    @Test
    void aProviderAndItsModelAreEnteredChangedAndDeleted() {
        // Given
        openAsOperator("/registry");
        assertThat(page.locator("tbody tr").first()).isVisible();
        Looks.good(page, "registry");
        // When
        button("Add provider").click();
        Looks.good(page, "registry-provider");
        dialog().getByLabel("Id", new Locator.GetByLabelOptions().setExact(true)).fill(provider);
        dialog().getByLabel("Name").fill(SCRIPT);
        dialog().getByLabel("Runs in the EU alone").check();
        answer("Save");
        // Then
        assertThat(row(provider)).containsText("EU");
        assertThat(page.getByText(SCRIPT)).isVisible();
        // When
        button("Add model").click();
        Looks.good(page, "registry-model");
        dialog().getByLabel("Id", new Locator.GetByLabelOptions().setExact(true)).fill(provider + "-large");
        dialog().getByLabel("Provider").selectOption(provider);
        dialog().getByLabel("Name").fill("Large");
        dialog().getByLabel("Context in tokens").fill("128000");
        answer("Save");
        // Then
        assertThat(row(provider + "-large")).containsText("128,000");
        // When
        page.getByLabel("Edit " + provider + "-large").click();
        dialog().getByLabel("Name").fill("Larger");
        answer("Save");
        // Then
        assertThat(row(provider + "-large")).containsText("Larger");
        // When
        page.getByLabel("Delete " + provider + "-large").click();
        answer("Delete");
        // Then
        assertThat(row(provider + "-large")).hasCount(0);
    }

    @Test
    void whatIsInUseStaysAndTheServiceSaysSo() {
        // Given
        complaints.expect("409");
        installation.asOperator().body(Map.of("name", "Used", "eu_native", false))
                .put(installation.url("/api/registry/providers/" + provider)).then().statusCode(201);
        team.changeSettings(Map.of("inference_config", Map.of("allowed_providers", List.of(provider))));
        openAsOperator("/registry");
        page.getByLabel("Delete " + provider).click();
        // When
        answer("Delete");
        // Then
        assertThat(dialog().locator(".notice")).containsText("in use");
        Looks.good(page, "registry-in-use");
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        openAsOperator("/registry");
        button("Add provider").click();
        dialog().getByLabel("Id", new Locator.GetByLabelOptions().setExact(true)).fill(provider);
        // When
        answer("Save");
        // Then
        assertThat(page.locator("#provider-name-error")).isVisible();
    }

    private Locator row(String id) {
        return page.locator("tbody tr",
                new Page.LocatorOptions().setHas(page.getByLabel("Edit " + id, new Page.GetByLabelOptions().setExact(true))));
    }
}
