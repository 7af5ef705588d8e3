package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Route;

/** The page of the audit log. */
class AuditIT extends ConsoleTest {
    private static final String SCRIPT = "<script>document.title='hacked'</script>";

    @Test
    void whatWasDoneIsToldWithWhoDidItAndWhatChanged() {
        // Given
        String key = team.key("acme");
        team.edit(key, Map.of("name", SCRIPT));
        // When
        open(team.admin(), "/audit");
        // Then
        var newest = page.locator(".timeline > li").first();
        assertThat(newest).containsText("Key updated");
        assertThat(newest).containsText(team.admin());
        assertThat(newest).containsText("name: acme → " + SCRIPT);
        assertThat(newest).containsText(key);
        assertThat(page.locator("tk-chain-status")).containsText("The chain is whole");
        Looks.good(page, "audit");
    }

    @Test
    void entriesAreNarrowedByWhoAndWhatAndTheAddressKeepsIt() {
        // Given
        team.revoke(team.key("acme"));
        open(team.admin(), "/audit");
        assertThat(page.locator(".timeline")).containsText("Project created");
        // When
        page.getByLabel("What").selectOption("key.");
        // Then
        assertThat(page.locator(".timeline > li")).hasCount(2);
        page.getByLabel("Who: a name or an id").fill("nobody");
        assertThat(heading("Nothing fits")).isVisible();
        page.reload();
        assertThat(page.getByLabel("What")).hasValue("key.");
        assertThat(heading("Nothing fits")).isVisible();
    }

    @Test
    void aBrokenChainIsToldLoudly() {
        // Given
        page.route("**/api/audit/verify*", route -> route.fulfill(new Route.FulfillOptions().setContentType("application/json")
                .setBody(
                        "{\"valid\":false,\"entries\":9,\"first_broken\":{\"id\":null,\"seq\":4,\"at\":null,\"reason\":\"The entry is missing.\"}}")));
        // When
        open(team.admin(), "/audit");
        // Then
        assertThat(page.getByText("The chain is broken at entry 4")).isVisible();
        assertThat(page.getByText("The entry is missing.")).isVisible();
        Looks.good(page, "audit-broken");
    }

    @Test
    void aMemberMayNotReadIt() {
        // When
        open(team.member(), "/audit");
        // Then
        assertThat(page.getByText("The audit log is for admins of the team.")).isVisible();
        Looks.good(page, "audit-of-a-member");
    }
}
