package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The operator's page of prices. */
class PricesIT extends ConsoleTest {
    private final String meter = "m" + UUID.randomUUID().toString().substring(24);

    @Test
    void aPriceForAUnitIsMade() {
        // Given
        openAsOperator("/prices");
        button("Create price").first().click();
        Looks.good(page, "price-create");
        dialog().getByLabel("Meter").fill(meter);
        dialog().getByLabel("Team").selectOption(team.id());
        dialog().getByLabel("Price of a unit").fill("0.000002");
        // When
        answer("Create");
        // Then
        shows("0.000002 EUR a unit");
        assertThat(row()).containsText("Any model");
        Looks.good(page, "prices");
    }

    @Test
    void aPriceInTiersIsMade() {
        // Given
        openAsOperator("/prices");
        button("Create price").first().click();
        dialog().getByLabel("Meter").fill(meter);
        dialog().getByLabel("Model").fill("<script>document.title='hacked'</script>");
        dialog().getByLabel("To be paid").selectOption("graduated");
        dialog().getByLabel("Tiers").fill("1000 0.02\n0.01");
        Looks.good(page, "price-tiers");
        // When
        answer("Create");
        // Then
        shows("up to 1,000: 0.02 EUR");
        assertThat(row()).containsText("above: 0.01 EUR");
    }

    @Test
    void aPriceForPackagesIsMade() {
        // Given
        openAsOperator("/prices");
        button("Create price").first().click();
        dialog().getByLabel("Meter").fill(meter);
        dialog().getByLabel("To be paid").selectOption("package");
        dialog().getByLabel("Units in a package").fill("1000");
        dialog().getByLabel("Price of a package").fill("5");
        // When
        answer("Create");
        // Then
        shows("5.00 EUR for each 1,000 begun");
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        openAsOperator("/prices");
        button("Create price").first().click();
        dialog().getByLabel("Currency").fill("E");
        dialog().getByLabel("Price of a unit").fill("much");
        // When
        answer("Create");
        // Then
        assertThat(page.locator("#price-meter-error")).isVisible();
        assertThat(dialog().getByLabel("Price of a unit")).hasValue("much");
    }

    private void shows(String amount) {
        assertThat(page.locator(".toast").last()).containsText("The price is there");
        Locator list = page.locator("section[aria-label=Prices][aria-busy=false]");
        assertThat(list).isVisible();
        while (row().count() == 0) {
            button("Show more").click();
            assertThat(list).isVisible();
        }
        assertThat(row()).containsText(amount);
    }

    private Locator row() {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(meter));
    }
}
