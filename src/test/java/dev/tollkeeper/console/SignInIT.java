package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;

class SignInIT extends ConsoleTest {
    @Test
    void whoIsNotSignedInIsAskedToAndThenIsWhereTheyWanted() {
        // Given
        String key = team.key("acme");
        page.navigate("/keys/" + key);
        // When
        fillIn(team.admin(), ConsoleTeam.PASSWORD);
        // Then
        assertThat(heading("acme")).isVisible();
        assertThat(page).hasURL(installation.url("/keys/" + key));
    }

    @Test
    void aWrongPasswordIsToldAndTheAddressStays() {
        // Given
        complaints.expect("401");
        page.navigate("/");
        // When
        fillIn(team.admin(), "not the password");
        // Then
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Email or password is wrong.");
        assertThat(page.getByLabel("Email")).hasValue(team.admin());
        Looks.good(page, "sign-in-refused");
    }

    @Test
    void whatIsMissingIsToldBesideItsField() {
        // Given
        complaints.expect("400");
        page.navigate("/");
        // When
        fillIn("", "");
        // Then
        assertThat(page.getByLabel("Email")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#email-error")).isVisible();
        assertThat(page.getByLabel("Email")).isFocused();
    }

    @Test
    void whoGuessesTooOftenIsToldWhenToTryAgain() {
        // Given
        complaints.expect("429");
        for (int i = 0; i < 10; i++) {
            RestAssured.given().contentType(ContentType.JSON).body(Map.of("email", team.member(), "password", "guess " + i))
                    .post(installation.url("/api/auth/token")).then().statusCode(401);
        }
        page.navigate("/");
        // When
        fillIn(team.member(), ConsoleTeam.PASSWORD);
        // Then
        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText(Pattern.compile("Too many failed sign-ins.*You can try again in \\d+ seconds\\."));
    }

    @Test
    void anExpiredSessionSaysSoAndGoesOnWhereOneWas() {
        // Given
        complaints.expect("401");
        String key = team.key("acme");
        open(team.admin(), "/keys?status=active");
        assertThat(link("acme")).isVisible();
        loseTheSession();
        // When
        link("acme").click();
        // Then
        assertThat(page.getByText("Your session has expired.")).isVisible();
        Looks.good(page, "sign-in-expired");
        fillIn(team.admin(), ConsoleTeam.PASSWORD);
        assertThat(page).hasURL(installation.url("/keys/" + key));
        assertThat(heading("acme")).isVisible();
    }

    @Test
    void aLinkDoesNotLeadElsewhereAfterSigningIn() {
        // Given
        page.navigate("/sign-in?then=//elsewhere.example/keys");
        // When
        fillIn(team.admin(), ConsoleTeam.PASSWORD);
        // Then
        assertThat(page).hasURL(installation.url("/overview"));
    }

    @Test
    void signingOutEndsTheSessionAndShowsNothingAnyMore() {
        // Given
        team.key("acme");
        open(team.admin(), "/keys");
        page.locator(".account summary").click();
        // When
        button("Sign out").click();
        // Then
        assertThat(button("Sign in")).isVisible();
        page.goBack();
        assertThat(button("Sign in")).isVisible();
        assertThat(page.getByText("acme", new Page.GetByTextOptions().setExact(true))).hasCount(0);
    }

    @Test
    void aServiceThatCannotBeReachedSaysSoAndIsTriedAgain() {
        // Given
        complaints.expect("net::ERR_FAILED");
        team.key("acme");
        open(team.admin(), "/keys");
        page.route("**/api/manage/api-keys?*", Route::abort);
        button("Active").click();
        assertThat(page.getByText("The service cannot be reached.")).isVisible();
        Looks.good(page, "unreachable");
        page.unroute("**/api/manage/api-keys?*");
        // When
        button("Try again").click();
        // Then
        assertThat(link("acme")).isVisible();
    }

    @Test
    void aThemeThatIsChosenIsKept() {
        // Given
        open(team.admin(), "/keys");
        page.locator(".account summary").click();
        Looks.good(page, "account");
        // When
        button("Dark").click();
        // Then
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    void aPageThatIsNotThereSaysSo() {
        // When
        open(team.admin(), "/nothing/here");
        // Then
        assertThat(heading("There is no such page")).isVisible();
        Looks.good(page, "no-such-page");
    }
}
