package dev.tollkeeper.console;

import static dev.tollkeeper.console.SignedIn.console;
import static dev.tollkeeper.console.SignedIn.signIn;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SessionResourceTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    @Test
    void aRightPasswordGivesACookieThatScriptsCannotRead() {
        // When
        var response = signIn(team.adminEmail(), TestSettings.PASSWORD);
        // Then
        response.statusCode(204).body(equalTo("")).header("Cache-Control", "no-store").header("Set-Cookie", matchesPattern(
                "tollkeeper_session=[\\w-]+\\.[\\w-]+\\.[\\w-]+; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict"));
    }

    @Test
    void overTlsTheCookieNeverGoesWithoutIt() {
        // When
        var response = console().header("X-Forwarded-Proto", "https")
                .body(Map.of("email", team.adminEmail(), "password", TestSettings.PASSWORD)).post("/console/session").then();
        // Then
        response.statusCode(204).header("Set-Cookie", matchesPattern(
                "__Host-tollkeeper_session=\\S+; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure"));
        SignedIn.of(response).fromConsole().header("X-Forwarded-Proto", "https").get("/api/auth/whoami").then()
                .statusCode(200);
    }

    /** Anybody between could have put a cookie without the prefix there. */
    @Test
    void overTlsACookieFromPlainHttpDoesNotCount() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromConsole().header("X-Forwarded-Proto", "https").get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    @Test
    void wrongPasswordsAndUnknownAddressesAreToldAsForTokens() {
        // Given
        String nobody = "nobody-" + team.id() + "@tollkeeper.test";
        String token = People.bytes(People.signIn(nobody, "x"));
        // When
        var wrong = signIn(team.adminEmail(), "not the password");
        var unknown = signIn(nobody, "x");
        // Then
        problem(wrong, 401, "token_invalid").header("Set-Cookie", nullValue());
        assertThat(People.bytes(wrong)).isEqualTo(token);
        assertThat(People.bytes(unknown)).isEqualTo(token);
    }

    @Test
    void failuresCountTogetherWithThoseOfTokens() {
        // Given
        for (int i = 0; i < 5; i++) {
            signIn(team.memberEmail(), "guess " + i).statusCode(401);
            People.signIn(team.memberEmail(), "guess " + i).statusCode(401);
        }
        // When
        var next = signIn(team.memberEmail(), TestSettings.PASSWORD);
        // Then
        problem(next, 429, "rate_limited").header("Set-Cookie", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | email", "{\"email\":\"a@b\",\"password\":\"\"} | password",
            "{\"email\":\"a@b\",\"password\":\"x\",\"role\":\"admin\"} | role"})
    void aFieldThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var response = console().body(body).post("/console/session").then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
    }

    @Test
    void theCookieIsACredentialInTheConsolesOwnRequests() {
        // Given
        SignedIn member = SignedIn.as(team.memberEmail());
        // When
        var response = member.fromConsole().get("/api/auth/whoami").then();
        // Then
        response.statusCode(200).body("type", equalTo("user")).body("user.email", equalTo(team.memberEmail()))
                .body("user.role", equalTo("member"));
        problem(member.fromConsole().get("/api/audit").then(), 403, "admin_required");
    }

    @Test
    void aRequestWithoutTheConsolesHeaderIsNobodys() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var read = admin.fromElsewhere().get("/api/auth/whoami").then();
        var write = admin.fromElsewhere().body(Map.of("name", "forged")).post("/api/manage/api-keys").then();
        // Then
        problem(read, 401, "credentials_missing");
        problem(write, 401, "credentials_missing");
    }

    /** Seen to fail with Sec-Fetch-Site not looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void aRequestThatABrowserSaysIsFromElsewhereIsNobodys(String site) {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromElsewhere().header("X-Tollkeeper-Console", "1").header("Sec-Fetch-Site", site)
                .body(Map.of("name", "forged")).post("/api/manage/api-keys").then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "true", "1, 1"})
    void theHeaderHasOneValue(String value) {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromElsewhere().header("X-Tollkeeper-Console", value).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    @Test
    void anOldBrowserThatDoesNotSayWhereFromCanUseTheConsole() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromElsewhere().header("X-Tollkeeper-Console", "1").get("/api/auth/whoami").then();
        // Then
        response.statusCode(200);
    }

    /** Seen to fail with the cookie looked at first. */
    @Test
    void aCredentialInAHeaderGoesBeforeTheCookie() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var good = admin.fromConsole().header("X-API-Key", team.managementKey()).get("/api/auth/whoami").then();
        var bad = admin.fromConsole().header("Authorization", "Bearer tk_nonsense").get("/api/auth/whoami").then();
        var other = admin.fromConsole().header("Authorization", "Basic eDp5").get("/api/auth/whoami").then();
        // Then
        good.statusCode(200).body("type", equalTo("api_key"));
        problem(bad, 401, "key_invalid");
        problem(other, 401, "credentials_missing");
    }

    @Test
    void anExpiredSessionSaysSo() {
        // Given
        TestClock.moveTo(Instant.now().minus(Duration.ofHours(3)));
        SignedIn admin = SignedIn.as(team.adminEmail());
        TestClock.reset();
        // When
        var response = admin.fromConsole().get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."})
    void whatIsNoTokenIsInvalid(String token) {
        // When
        var response = new SignedIn("tollkeeper_session=" + token).fromConsole().get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void aChangedCookieIsInvalid() {
        // Given
        String cookie = SignedIn.as(team.adminEmail()).cookie();
        char middle = cookie.charAt(cookie.length() - 20);
        String changed = cookie.substring(0, cookie.length() - 20) + (middle == 'A' ? 'B' : 'A')
                + cookie.substring(cookie.length() - 19);
        // When
        var response = new SignedIn(changed).fromConsole().get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    /** A key in the cookie would be one more place from which keys leak. */
    @Test
    void aKeyInTheCookieIsNoCredential() {
        // When
        var response = new SignedIn("tollkeeper_session=" + team.managementKey()).fromConsole().get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void anotherTeamsKeyIsUnknown() {
        // Given
        var foreign = TestTeam.create().ordinaryKey();
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromConsole().get("/api/manage/api-keys/" + foreign.id()).then();
        // Then
        problem(response, 404, "not_found");
    }

    @Test
    void gatewaysTakeNoCookie() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var forward = admin.fromConsole().get("/api/auth/forward").then();
        var envoy = Envoy.request().header("Cookie", admin.cookie()).header("X-Tollkeeper-Console", "1").ask();
        // Then
        problem(forward, 401, "credentials_missing");
        assertThat(envoy.refused(401, "credentials_missing").isAllowed()).isFalse();
    }

    /** Else the cookie would go on working for whoever has copied it. */
    @Test
    void signingOutEndsTheTokenItself() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        SignedIn elsewhere = SignedIn.as(team.adminEmail());
        // When
        var response = admin.fromConsole().delete("/console/session").then();
        // Then
        response.statusCode(204).header("Set-Cookie",
                equalTo("tollkeeper_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"));
        problem(admin.fromConsole().get("/api/auth/whoami").then(), 401, "token_invalid");
        problem(as(admin.token()).get("/api/auth/whoami").then(), 401, "token_invalid");
        elsewhere.fromConsole().get("/api/auth/whoami").then().statusCode(200);
    }

    @Test
    void signingOutIsInTheAuditLogOnce() {
        // Given
        SignedIn member = SignedIn.as(team.memberEmail());
        member.fromConsole().delete("/console/session").then().statusCode(204);
        // When
        member.fromConsole().delete("/console/session").then().statusCode(204);
        // Then
        asUser(team.adminEmail()).get("/api/audit?action=user.signed_out").then().statusCode(200)
                .body("entries.size()", equalTo(1)).body("entries[0].actor.name", equalTo(team.memberEmail()))
                .body("entries[0].target.id", equalTo(team.memberId().toString()));
    }

    @Test
    void whoHasNoSessionAnyMoreIsRidOfTheCookieAllTheSame() {
        // When
        var response = new SignedIn("tollkeeper_session=a.b.c").fromConsole().delete("/console/session").then();
        // Then
        response.statusCode(204).header("Set-Cookie", startsWith("tollkeeper_session=; Path=/; Max-Age=0"));
    }

    @Test
    void anotherSiteNeitherSignsInNorOut() {
        // Given
        SignedIn admin = SignedIn.as(team.adminEmail());
        // When
        var in = asNobody().body(Map.of("email", team.adminEmail(), "password", TestSettings.PASSWORD))
                .post("/console/session").then();
        var out = admin.fromElsewhere().header("X-Tollkeeper-Console", "1").header("Sec-Fetch-Site", "cross-site")
                .delete("/console/session").then();
        // Then
        problem(in, 400, "invalid_request").header("Set-Cookie", nullValue());
        problem(out, 400, "invalid_request").header("Set-Cookie", nullValue());
        admin.fromConsole().get("/api/auth/whoami").then().statusCode(200);
    }

    @Test
    void itIsNotOfThePublicApi() {
        // When
        String description = asNobody().get("/q/openapi").asString();
        // Then
        assertThat(description).doesNotContain("/console");
    }
}
