package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The operator's page of users. */
class UsersIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";

    @Test
    void somebodyIsPutIntoATeamAndCanSignIn() {
        // Given
        String email = "aaron-" + UUID.randomUUID() + "@acme.example";
        openAsOperator("/users");
        assertThat(page.locator("tbody tr").first()).isVisible();
        Looks.good(page, "users");
        button("Create user").click();
        Looks.good(page, "user-create");
        dialog().getByLabel("Email").fill(email);
        dialog().getByLabel("Name").fill(SCRIPT);
        dialog().getByLabel("First password").fill(ConsoleTeam.PASSWORD);
        dialog().getByLabel("Team").selectOption(team.id());
        // When
        answer("Create");
        // Then
        assertThat(page.locator(".toast")).containsText("The account is there");
        loseTheSession();
        open(email, "/members");
        assertThat(page.getByText(SCRIPT).first()).isVisible();
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        openAsOperator("/users");
        button("Create user").click();
        dialog().getByLabel("Email").fill("nobody");
        // When
        answer("Create");
        // Then
        assertThat(page.locator("#user-email-error")).isVisible();
        assertThat(page.locator("#user-password-error")).isVisible();
        assertThat(dialog().getByLabel("Email")).hasValue("nobody");
    }

    @Test
    void anAccountIsDisabledRenamedAndDeleted() {
        // Given
        openAsOperator("/users");
        Locator list = page.locator("section[aria-label=Users][aria-busy=false]");
        assertThat(list).isVisible();
        while (page.getByLabel("Disable " + team.member()).count() == 0) {
            button("Show more").click();
            assertThat(list).isVisible();
        }
        // When
        page.getByLabel("Disable " + team.member()).click();
        // Then
        assertThat(page.locator(".toast").last()).containsText("can sign in no more");
        assertThat(row()).containsText("Disabled");
        // When
        page.getByLabel("Edit " + team.member()).click();
        dialog().getByLabel("Name").fill("Max the Third");
        answer("Save");
        // Then
        assertThat(row()).containsText("Max the Third");
        // When
        page.getByLabel("Delete " + team.member()).click();
        dialog().getByLabel("Type the name to confirm").fill(team.member());
        answer("Delete user");
        // Then
        assertThat(row()).hasCount(0);
    }

    private Locator row() {
        return page.locator("tbody tr", new Page.LocatorOptions().setHasText(team.member()));
    }
}
