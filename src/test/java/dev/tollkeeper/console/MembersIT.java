package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** The page of a team's members. */
class MembersIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";

    @Test
    void somebodyIsAddedWithWhateverNameAndCanSignIn() {
        // Given
        open(team.admin(), "/members");
        assertThat(page.locator("tbody tr")).hasCount(2);
        Looks.good(page, "members");
        String email = "new-" + team.id() + "@acme.example";
        button("Add somebody").click();
        Looks.good(page, "member-add");
        dialog().getByLabel("Email").fill(email);
        dialog().getByLabel("Name").fill(SCRIPT);
        dialog().getByLabel("First password").fill("correct horse battery staple");
        // When
        answer("Add");
        // Then
        assertThat(page.locator("tbody tr")).hasCount(3);
        assertThat(page.getByText(SCRIPT)).isVisible();
        loseTheSession();
        open(email, "/keys");
        assertThat(heading("API keys")).isVisible();
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        open(team.admin(), "/members");
        button("Add somebody").click();
        dialog().getByLabel("Email").fill("nobody");
        dialog().getByLabel("Name").fill("Nora");
        dialog().getByLabel("First password").fill("short");
        // When
        answer("Add");
        // Then
        assertThat(page.locator("#member-email-error")).isVisible();
        assertThat(page.locator("#member-password-error")).isVisible();
        assertThat(dialog().getByLabel("Name")).hasValue("Nora");
        Looks.good(page, "member-add-refused");
    }

    @Test
    void aRoleIsChangedButNotTheLastAdmins() {
        // Given
        complaints.expect("409");
        open(team.admin(), "/members");
        page.getByLabel("Role of " + team.admin()).selectOption("member");
        assertThat(page.locator(".toast").last()).isVisible();
        assertThat(page.getByLabel("Role of " + team.admin())).hasValue("admin");
        // When
        page.getByLabel("Role of " + team.member()).selectOption("admin");
        // Then
        assertThat(page.getByText(team.member() + " is an admin now")).isVisible();
        assertThat(page.getByLabel("Role of " + team.member())).hasValue("admin");
    }

    @Test
    void somebodyIsRemoved() {
        // Given
        open(team.admin(), "/members");
        button("Remove " + team.member()).click();
        Looks.good(page, "member-remove");
        // When
        answer("Remove");
        // Then
        assertThat(page.locator("tbody tr")).hasCount(1);
    }
}
