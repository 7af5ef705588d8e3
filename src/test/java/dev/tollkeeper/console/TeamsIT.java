package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;

/** The operator's pages of teams. */
class TeamsIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";

    @Test
    void aTeamIsMadeWithWhateverName() {
        // Given
        openAsOperator("/teams");
        assertThat(page.locator("tbody tr").first()).isVisible();
        Looks.good(page, "teams");
        button("Create team").click();
        Looks.good(page, "team-create");
        dialog().getByLabel("Name").fill(SCRIPT);
        dialog().getByLabel("Currency").fill("usd");
        dialog().getByLabel("Billing").selectOption("postpaid");
        // When
        answer("Create");
        // Then
        assertThat(page.locator(".toast")).containsText("is there");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText(SCRIPT)).last())
                .containsText("postpaid, USD");
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        openAsOperator("/teams");
        button("Create team").click();
        dialog().getByLabel("Currency").fill("E");
        // When
        answer("Create");
        // Then
        assertThat(page.locator("#team-name-error")).isVisible();
        assertThat(dialog().getByLabel("Currency")).hasValue("E");
    }

    @Test
    void creditIsGivenOnceAndStandsInTheLedger() {
        // Given
        openAsOperator("/teams/" + team.id());
        button("Give credit").click();
        Looks.good(page, "team-credit");
        dialog().getByLabel("Amount in EUR").fill("12.5");
        dialog().getByLabel("Reason").fill("Payment 7");
        // When
        answer("Give credit");
        // Then
        assertThat(page.locator(".toast")).containsText("in the ledger");
        installation.as(team.adminToken()).get(installation.url("/api/team-billing/" + team.id() + "/ledger")).then()
                .body("entries.amount", equalTo(List.of("12.500000")));
    }

    @Test
    void aTeamIsSuspendedAndLetInAgain() {
        // Given
        String secret = team.issued("acme", Map.of()).path("api_key");
        openAsOperator("/teams/" + team.id());
        button("Suspend…").click();
        // When
        answer("Suspend");
        // Then
        assertThat(page.getByText("Suspended", new Page.GetByTextOptions().setExact(true))).isVisible();
        assertThat(team.statusOf(secret)).isEqualTo(403);
        Looks.good(page, "team-suspended");
        // When
        button("Let in again…").click();
        answer("Let in");
        // Then
        assertThat(page.getByText("Active", new Page.GetByTextOptions().setExact(true))).isVisible();
        assertThat(team.statusOf(secret)).isEqualTo(200);
    }

    @Test
    void aTeamIsEditedAndGetsAProject() {
        // Given
        openAsOperator("/teams/" + team.id());
        Looks.good(page, "team");
        button("Edit").click();
        dialog().getByLabel("Name").fill("Acme renamed");
        dialog().getByLabel("Credit limit").fill("100");
        // When
        answer("Save");
        // Then
        assertThat(heading("Acme renamed")).isVisible();
        assertThat(page.locator(".facts")).containsText("100.00 EUR");
        // When
        button("New project").click();
        dialog().getByLabel("Name").fill("Staging");
        answer("Create");
        // Then
        assertThat(page.locator(".toast").last()).containsText("The project is there");
        installation.as(team.adminToken()).get(installation.url("/api/projects")).then()
                .body("projects.name", equalTo(List.of("Production", "Staging")));
    }

    @Test
    void deletingAsksForTheName() {
        // Given
        String name = installation.asOperator().get(installation.url("/api/teams/" + team.id())).path("name");
        openAsOperator("/teams/" + team.id());
        button("Delete…").click();
        answer("Delete team");
        assertThat(page.locator("#confirm-typed-error")).isVisible();
        dialog().getByLabel("Type the name to confirm").fill(name);
        // When
        answer("Delete team");
        // Then
        assertThat(page).hasURL(installation.url("/teams"));
        installation.asOperator().get(installation.url("/api/teams/" + team.id())).then().statusCode(404);
    }

    @Test
    void itIsTheOperatorsAlone() {
        // When
        open(team.admin(), "/teams");
        // Then
        assertThat(heading("Not open to you")).isVisible();
        assertThat(link("Prices")).hasCount(0);
        Looks.good(page, "operators-alone");
    }
}
