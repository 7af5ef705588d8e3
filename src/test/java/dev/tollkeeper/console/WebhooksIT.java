package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import dev.tollkeeper.webhook.Receiver;

/** The pages of webhooks and of one of them. */
class WebhooksIT extends ConsoleTest {
    @Test
    void aWebhookIsMadeItsSecretIsShownOnceAndTryingItOutArrives() {
        try (Receiver receiver = Receiver.answering(204)) {
            // Given
            open(team.admin(), "/webhooks");
            Looks.good(page, "webhooks-empty");
            create(receiver.url());
            assertThat(page.locator("#secret").textContent()).startsWith("whsec_");
            Looks.good(page, "webhook-secret");
            button("I have kept it").click();
            Looks.good(page, "webhooks");
            link(receiver.url()).click();
            // When
            button("Try it out").click();
            // Then
            assertThat(page.getByText("It arrived")).isVisible();
            assertThat(page.locator("tk-delivery-list tbody tr")).hasCount(1);
            assertThat(page.locator("tk-delivery-list")).containsText("Delivered");
            assertThat(receiver.received()).hasSize(1);
            Looks.good(page, "webhook");
        }
    }

    @Test
    void whatDoesNotArriveSaysWhy() {
        try (Receiver receiver = Receiver.answering(500)) {
            // Given
            open(team.admin(), "/webhooks");
            create(receiver.url());
            button("I have kept it").click();
            link(receiver.url()).click();
            // When
            button("Try it out").click();
            // Then
            assertThat(page.locator(".toast")).containsText("It did not arrive");
            assertThat(page.locator("tk-delivery-list")).containsText("500");
            assertThat(page.locator("tk-delivery-list")).containsText("Given up");
        }
    }

    @Test
    void aWebhookIsTurnedOffEditedAndDeleted() {
        // Given
        open(team.admin(), "/webhooks");
        create("https://hooks.example/in");
        button("I have kept it").click();
        link("https://hooks.example/in").click();
        button("Turn off").click();
        assertThat(page.locator(".page-head .badge")).hasText("Off");
        button("Edit").click();
        dialog().getByLabel("Description").fill("<script>document.title='hacked'</script>");
        button("Save").click();
        assertThat(page.getByText("<script>document.title='hacked'</script>")).isVisible();
        // When
        button("Delete…").click();
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete webhook")).click();
        // Then
        assertThat(heading("No webhooks yet")).isVisible();
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        open(team.admin(), "/webhooks");
        // When
        create("ftp://hooks.example");
        // Then
        assertThat(page.locator("#webhook-url-error")).isVisible();
        assertThat(dialog().getByLabel("URL")).hasValue("ftp://hooks.example");
        Looks.good(page, "webhook-create-refused");
    }

    @Test
    void aMemberMayNotSeeThem() {
        // When
        open(team.member(), "/webhooks");
        // Then
        assertThat(page.getByText("Webhooks are for admins of the team.")).isVisible();
    }

    private void create(String url) {
        button("Create webhook").first().click();
        dialog().getByLabel("URL").fill(url);
        answer("Create");
    }
}
