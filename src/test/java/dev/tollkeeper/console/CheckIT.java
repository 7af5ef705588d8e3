package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page that tells why a key is refused. */
class CheckIT extends ConsoleTest {
    private static final int CHECKS = 9;

    @Test
    void aKeyThatIsLetInPassesEachCheckAndLosesNoUse() {
        // Given
        var key = team.issued("acme",
                Map.of("allowed_ips", List.of("203.0.113.0/24"), "scopes", List.of("chat"), "remaining_uses", 5));
        open(team.admin(), "/check");
        Looks.good(page, "check-empty");
        // When
        check(key.path("api_key"), "203.0.113.7", "chat");
        // Then
        assertThat(heading("It is let in")).isFocused();
        assertThat(page.locator(".checks .passed")).hasCount(CHECKS);
        assertThat(team.keyNow(key.path("id")).<Integer>path("remaining_uses")).isEqualTo(5);
        Looks.good(page, "check-valid");
        link("acme").click();
        assertThat(heading("acme")).isVisible();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Arguments.of("revoked", "", "", "neither revoked", "Create another key"),
                Arguments.of("disabled", "", "", "neither revoked", "Enable it"),
                Arguments.of("good", "198.51.100.1", "", "address is allowed", "Its rules do not have this address"),
                Arguments.of("good", "203.0.113.7", "embed", "has the scopes", "Add the scope"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theCheckThatFailedTellsWhatToDo(String state, String address, String scopes, String failed, String advice) {
        // Given
        var key = team.issued("acme", Map.of("allowed_ips", List.of("203.0.113.0/24"), "scopes", List.of("chat")));
        if (state.equals("revoked")) {
            team.revoke(key.path("id"));
        } else if (state.equals("disabled")) {
            team.edit(key.path("id"), Map.of("enabled", false));
        }
        open(team.admin(), "/check");
        // When
        check(key.path("api_key"), address, scopes);
        // Then
        assertThat(heading("It is refused")).isVisible();
        Locator check = page.locator(".checks .failed");
        assertThat(check).hasCount(1);
        assertThat(check).containsText(failed);
        assertThat(check).containsText(advice);
        assertThat(page.locator(".checks .failed ~ .passed")).hasCount(0);
        assertThat(page.locator(".checks .skipped ~ .passed")).hasCount(0);
        Looks.good(page, "check-refused");
    }

    @ParameterizedTest
    @CsvSource({"'Bearer abc',begins with tk_", "tk_abc,49 letters and digits",
            "tk_0000000000000000000000000000000000000000000000000,checksum"})
    void aKeyThatIsNoneIsToldHow(String text, String advice) {
        // Given
        open(team.admin(), "/check");
        // When
        check(text, "", "");
        // Then
        assertThat(page.locator(".checks .failed")).containsText("written as a key");
        assertThat(page.locator(".checks .failed")).containsText(advice);
        assertThat(page.locator(".checks .passed")).hasCount(0);
    }

    @Test
    void aKeyOfAnotherTeamIsNoneOfOurs() {
        // Given
        String secret = ConsoleTeam.create(installation).issued("theirs", Map.of()).path("api_key");
        open(team.admin(), "/check");
        // When
        check(secret, "", "");
        // Then
        assertThat(page.locator(".checks .failed")).containsText("a key of this team");
        assertThat(page.locator(".checks .passed")).hasCount(1);
        assertThat(page.getByText("theirs")).hasCount(0);
    }

    @Test
    void whatIsWrongWithTheQuestionIsToldBesideItsFieldAndStays() {
        // Given
        complaints.expect("400");
        String secret = team.issued("acme", Map.of()).path("api_key");
        open(team.admin(), "/check");
        // When
        check(secret, "203.0.113", "");
        // Then
        assertThat(page.getByLabel("Address")).isFocused();
        assertThat(page.locator("#check-ip-error")).hasText("Must be one IPv4 or IPv6 address.");
        assertThat(keyField()).hasValue(secret);
        Looks.good(page, "check-wrong-address");
    }

    @Test
    void aMemberChecksTheirKeysToo() {
        // Given
        String secret = team.issued("acme", Map.of()).path("api_key");
        open(team.member(), "/check");
        // When
        check(secret, "", "");
        // Then
        assertThat(heading("It is let in")).isVisible();
    }

    private Locator keyField() {
        return page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true));
    }

    private void check(String key, String address, String scopes) {
        keyField().fill(key);
        page.getByLabel("Address").fill(address);
        page.getByLabel("Scopes").fill(scopes);
        button("Check").click();
    }
}
