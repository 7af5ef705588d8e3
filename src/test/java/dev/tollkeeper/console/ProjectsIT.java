package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

/** Changing from one project to another. */
class ProjectsIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";

    @Test
    void eachProjectHasItsOwnKeysWhateverItIsCalled() {
        // Given
        team.key("of production");
        String other = installation.as(team.adminToken()).body(Map.of("name", SCRIPT, "team_id", team.id()))
                .post(installation.url("/api/projects")).then().statusCode(201).extract().path("id");
        open(team.admin(), "/keys");
        assertThat(link("of production")).isVisible();
        Looks.good(page, "projects");
        // When
        page.getByLabel("Project").selectOption(other);
        // Then
        assertThat(page).hasURL(installation.url("/overview"));
        link("API keys").click();
        assertThat(heading("No keys yet")).isVisible();
        assertThat(page.getByLabel("Project")).hasValue(other);
        // When
        page.reload();
        // Then
        assertThat(page.getByLabel("Project")).hasValue(other);
    }
}
