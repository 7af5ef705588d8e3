package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

/** The page of a project's budgets. */
class BudgetsIT extends ConsoleTest {
    @Test
    void aBudgetOfOneKeyIsMade() {
        // Given
        String key = team.key("acme");
        open(team.admin(), "/budgets");
        Looks.good(page, "budgets-empty");
        button("Create budget").first().click();
        Looks.good(page, "budget-create");
        dialog().getByLabel("Name").fill("chat");
        dialog().getByLabel("Whose usage counts").selectOption("key");
        dialog().getByLabel("Key", new Locator.GetByLabelOptions().setExact(true)).selectOption(key);
        dialog().getByLabel("Limit").fill("99.50");
        dialog().getByLabel("Time zone").fill("Europe/Vienna");
        dialog().getByLabel("Tell at").fill("12.5, 80 %");
        // When
        submit("Create");
        // Then
        assertThat(heading("chat")).isVisible();
        assertThat(page.getByText("of 99.50 EUR")).isVisible();
        var budget = team.budgets();
        assertThat(budget.<String>path("budgets[0].key_id")).isEqualTo(key);
        assertThat(budget.<String>path("budgets[0].timezone")).isEqualTo("Europe/Vienna");
        assertThat(budget.<List<Number>>path("budgets[0].thresholds").stream().map(Number::toString)).containsExactly("0.125",
                "0.8");
    }

    @Test
    void howMuchIsSpentIsToldToTheLastDigitAndWhatIsUsedUpSaysSo() {
        // Given
        String key = team.key("acme");
        team.spend(key, "8.5");
        team.budget(Map.of("name", "far", "scope", "project", "period", "monthly", "hard_limit", "1000"));
        team.budget(Map.of("name", "near", "scope", "project", "period", "monthly", "hard_limit", "10"));
        team.budget(Map.of("name", "gone", "scope", "each_key", "period", "monthly", "hard_limit", "8.5"));
        // When
        open(team.admin(), "/budgets");
        // Then
        assertThat(item("far")).containsText("In bounds");
        assertThat(item("near")).containsText("Near its limit");
        assertThat(item("near")).containsText("8.50 EUR");
        assertThat(item("gone")).containsText("Used up");
        Looks.good(page, "budgets");
    }

    @Test
    void aBudgetIsEditedAndDeleted() {
        // Given
        team.budget(Map.of("name", "old", "scope", "project", "period", "daily", "hard_limit", "10"));
        open(team.admin(), "/budgets");
        button("Edit old").click();
        dialog().getByLabel("Name").fill("<script>document.title='hacked'</script>");
        dialog().getByLabel("Limit").fill("20");
        submit("Save");
        assertThat(heading("<script>document.title='hacked'</script>")).isVisible();
        assertThat(page.getByText("of 20.00 EUR")).isVisible();
        // When
        page.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("Delete")).click();
        submit("Delete budget");
        // Then
        assertThat(heading("No budgets yet")).isVisible();
    }

    @Test
    void whatIsWrongIsToldBesideItsFieldAndWhatWasTypedStays() {
        // Given
        complaints.expect("400");
        open(team.admin(), "/budgets");
        button("Create budget").first().click();
        dialog().getByLabel("Limit").fill("many");
        // When
        submit("Create");
        // Then
        assertThat(page.locator("#budget-limit-error")).isVisible();
        assertThat(dialog().getByLabel("Limit")).hasValue("many");
        Looks.good(page, "budget-create-refused");
    }

    @Test
    void aMemberReadsThem() {
        // Given
        team.budget(Map.of("name", "chat", "scope", "project", "period", "monthly", "hard_limit", "10"));
        // When
        open(team.member(), "/budgets");
        // Then
        assertThat(heading("chat")).isVisible();
        assertThat(button("Create budget")).hasCount(0);
        assertThat(button("Edit chat")).hasCount(0);
    }

    private Locator item(String name) {
        return page.locator("li.card").filter(new Locator.FilterOptions().setHasText(name));
    }

    private void submit(String verb) {
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(verb).setExact(true)).click();
    }
}
