package dev.tollkeeper.webhook;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.webhook.WebhookCalls.WEBHOOKS;
import static dev.tollkeeper.webhook.WebhookCalls.body;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.team.People;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class WebhookResourceTest {
    private static final String URL = "https://hooks.example.com/tollkeeper?team=1";

    private final TestTeam team = TestTeam.create();

    @Test
    void anAdminMakesAWebhookAndIsShownItsSecret() {
        // When
        var response = asUser(team.adminEmail()).body(Map.of("url", URL, "types", List.of("team.suspended", "key.created",
                "key.created"), "description", "to our chat")).post(WEBHOOKS).then();
        // Then
        response.statusCode(201).body("url", equalTo(URL)).body("types", equalTo(List.of("key.created", "team.suspended")))
                .body("enabled", equalTo(true)).body("description", equalTo("to our chat"))
                .body("team_id", equalTo(team.id().toString())).body("created_at", matchesPattern("20..-..-..T.*Z"))
                .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}=")).body("size()", equalTo(8));
        assertThat(audit(response.extract().path("id"))).containsExactly("webhook.created");
    }

    @Test
    void theSecretIsShownThisOnceAndTheDatabaseDoesNotHoldIt() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        byte[] secret = Base64.getDecoder().decode(webhook.secret().substring("whsec_".length()));
        // When
        String read = as(team.managementKey()).get(WEBHOOKS + "/" + webhook.id()).asString();
        String listed = as(team.managementKey()).get(WEBHOOKS).asString();
        String changed = as(team.managementKey()).body(Map.of("description", "x")).put(WEBHOOKS + "/" + webhook.id())
                .asString();
        String stored = Database.dump();
        // Then
        assertThat(List.of(read, listed, changed))
                .allMatch(answer -> answer.contains(webhook.id()) && !answer.contains("secret"));
        assertThat(secret).hasSize(32);
        assertThat(stored).contains(webhook.id()).doesNotContain(webhook.secret().substring("whsec_".length()),
                HexFormat.of().formatHex(secret), Base64.getEncoder().encodeToString(webhook.secret().getBytes(
                        java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void twoWebhooksHaveSecretsOfTheirOwn() {
        // When
        List<Made> made = List.of(make(team, URL, WebhookType.KEY_CREATED), make(team, URL, WebhookType.KEY_CREATED));
        // Then
        assertThat(made.get(0).secret()).isNotEqualTo(made.get(1).secret());
    }

    @Test
    void webhooksComePageByPageOldestFirst() {
        // Given
        List<String> ids = List.of(make(team, URL, WebhookType.KEY_CREATED).id(),
                make(team, URL, WebhookType.KEY_REVOKED).id());
        // When
        var first = as(team.managementKey()).get(WEBHOOKS + "?limit=1").then().statusCode(200).extract();
        var next = as(team.managementKey()).get(WEBHOOKS + "?limit=1&cursor=" + first.path("next_cursor")).then();
        // Then
        assertThat(first.<List<String>>path("webhooks.id")).containsExactly(ids.get(0));
        next.statusCode(200).body("webhooks.id", equalTo(List.of(ids.get(1)))).body("next_cursor", nullValue());
        as(team.managementKey()).get(WEBHOOKS).then().body("webhooks.id", equalTo(ids));
    }

    @Test
    void anEditChangesWhatItNamesAndIsAudited() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        // When
        var response = as(team.managementKey()).body(Map.of("enabled", false, "types", List.of("balance.low")))
                .put(WEBHOOKS + "/" + webhook.id()).then();
        // Then
        response.statusCode(200).body("enabled", equalTo(false)).body("types", equalTo(List.of("balance.low")))
                .body("url", equalTo(URL));
        as(team.managementKey()).get(WEBHOOKS + "/" + webhook.id()).then().body("enabled", equalTo(false));
        assertThat(Database.value("SELECT changes::text FROM audit_entry WHERE target_id = ? AND action = 'webhook.updated'",
                webhook.id()).toString()).contains("\"enabled\"", "\"types\"").doesNotContain("url", "description");
    }

    @Test
    void theDescriptionIsClearedWithNullAndNothingElseIs() {
        // Given
        String id = as(team.managementKey()).body(Map.of("url", URL, "types", List.of("balance.low"), "description", "x"))
                .post(WEBHOOKS).path("id");
        // When
        var cleared = as(team.managementKey()).body(Collections.singletonMap("description", null)).put(WEBHOOKS + "/" + id)
                .then();
        // Then
        cleared.statusCode(200).body("description", nullValue());
        for (String field : List.of("url", "types", "enabled")) {
            var refused = as(team.managementKey()).body(Collections.singletonMap(field, null)).put(WEBHOOKS + "/" + id).then();
            problem(refused, 400, "invalid_request").body("errors.field", equalTo(List.of(field)));
        }
    }

    @Test
    void anEditThatChangesNothingIsNotAudited() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        // When
        var response = as(team.managementKey()).body(body(URL, WebhookType.KEY_CREATED)).put(WEBHOOKS + "/" + webhook.id())
                .then();
        // Then
        response.statusCode(200);
        assertThat(audit(webhook.id())).containsExactly("webhook.created");
    }

    @Test
    void aDeletedWebhookIsGone() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        // When
        var response = as(team.managementKey()).delete(WEBHOOKS + "/" + webhook.id()).then();
        // Then
        response.statusCode(200).body("success", equalTo(true)).body("deleted", equalTo(webhook.id()));
        for (String path : List.of("", "/deliveries")) {
            problem(as(team.managementKey()).get(WEBHOOKS + "/" + webhook.id() + path).then(), 404, "not_found");
        }
        assertThat(audit(webhook.id())).containsExactly("webhook.created", "webhook.deleted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"types\":[\"key.created\"]} | url",
            "{\"url\":\"https://example.com\"} | types",
            "{\"url\":\"https://example.com\",\"types\":[]} | types",
            "{\"url\":\"https://example.com\",\"types\":[\"key.made\"]} | types",
            "{\"url\":\"https://example.com\",\"types\":[\"key.created\",\"webhook.test\"]} | types",
            "{\"url\":\"https://example.com\",\"types\":\"key.created\"} | types",
            "{\"url\":\"https://example.com\",\"types\":[\"key.created\"],\"enabled\":\"yes\"} | enabled",
            "{\"url\":\"https://example.com\",\"types\":[\"key.created\"],\"secret\":\"whsec_mine\"} | secret",
            "{\"url\":\"https://example.com\",\"types\":[\"key.created\"],\"team_id\":\"x\"} | team_id",
            "{\"url\":\"https://example.com\",\"types\":[\"key.created\"],\"description\":\"\\u0000\"} | description"})
    void aFieldThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var created = as(team.managementKey()).body(body).post(WEBHOOKS).then();
        // Then
        problem(created, 400, "invalid_request").body("errors.field", hasItem(containsString(field)));
        assertThat(Database.query("SELECT 1 FROM webhook WHERE team_id = ?", team.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com/hooks", "ftp://example.com", "file:///etc/passwd", "https:///hooks", "https://",
            "https://user:password@example.com", "https://user@example.com", "https://example.com/#part",
            "https://exa mple.com",
            "https://example.com:0/", "https://example.com:65536/", "https://example.com\r\nHost: x", "https://ex_ample.com",
            "https://bücher.example", "https://example.com/ü", "javascript:alert(1)", "https://[fe80::1%25eth0]/",
            "//example.com"})
    void aUrlThatIsNoneForAWebhookIsRefused(String url) {
        // When
        var created = as(team.managementKey()).body(body(url, WebhookType.KEY_CREATED)).post(WEBHOOKS).then();
        // Then
        problem(created, 400, "invalid_request").body("errors.field", equalTo(List.of("url")));
    }

    @Test
    void aUrlHasALimit() {
        // Given
        String longest = "https://example.com/" + "x".repeat(2048 - 20);
        // When
        var taken = as(team.managementKey()).body(body(longest, WebhookType.KEY_CREATED)).post(WEBHOOKS).then();
        var refused = as(team.managementKey()).body(body(longest + "x", WebhookType.KEY_CREATED)).post(WEBHOOKS).then();
        // Then
        taken.statusCode(201);
        problem(refused, 400, "invalid_request").body("errors.field", equalTo(List.of("url")));
    }

    @Test
    void aTeamHasAtMostTwentyWebhooksHoweverManyAreMadeAtOnce() {
        // Given
        for (int made = 0; made < WebhookService.MOST - 4; made++) {
            make(team, URL, WebhookType.KEY_CREATED);
        }
        // When
        List<Integer> statuses = AtOnce.run(12, i -> as(team.managementKey()).body(body(URL, WebhookType.KEY_CREATED))
                .post(WEBHOOKS).statusCode());
        // Then
        assertThat(statuses).containsOnly(201, 409);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(4);
        assertThat(Database.value("SELECT count(*) FROM webhook WHERE team_id = ?", team.id())).isEqualTo(20L);
    }

    @Test
    void onlyAdminsAndTheirKeysSeeWebhooks() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        String membersKey = People.keyOf(team, team.memberId());
        // When
        var answers = Arrays.asList(
                asUser(team.memberEmail()).get(WEBHOOKS).then(),
                as(membersKey).get(WEBHOOKS).then(),
                asUser(team.memberEmail()).get(WEBHOOKS + "/" + webhook.id()).then(),
                as(membersKey).get(WEBHOOKS + "/" + webhook.id() + "/deliveries").then(),
                asUser(team.memberEmail()).body(body(URL, WebhookType.KEY_CREATED)).post(WEBHOOKS).then(),
                as(membersKey).body(Map.of("enabled", false)).put(WEBHOOKS + "/" + webhook.id()).then(),
                asUser(team.memberEmail()).delete(WEBHOOKS + "/" + webhook.id()).then());
        // Then
        answers.forEach(answer -> problem(answer, 403, "admin_required"));
    }

    @Test
    void aKeyNeedsTheScopesOfSettings() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        String reader = People.keyWith(team, "settings:read");
        String other = People.keyWith(team, "users:write");
        // When
        var read = as(reader).get(WEBHOOKS + "/" + webhook.id()).then();
        var written = as(reader).delete(WEBHOOKS + "/" + webhook.id()).then();
        var unread = as(other).get(WEBHOOKS).then();
        // Then
        read.statusCode(200);
        problem(written, 403, "scope_missing");
        problem(unread, 403, "scope_missing");
    }

    @Test
    void theOperatorNamesATeam() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        // When
        var named = asOperator().get(WEBHOOKS + "?team_id=" + team.id()).then();
        var unknown = asOperator().get(WEBHOOKS + "?team_id=" + Ids.next()).then();
        // Then
        named.statusCode(200).body("webhooks.id", equalTo(List.of(webhook.id())));
        problem(unknown, 404, "not_found");
        problem(asOperator().body(body(URL, WebhookType.KEY_CREATED)).post(WEBHOOKS + "?team_id=" + Ids.next()).then(), 404,
                "not_found");
    }

    @Test
    void aDeletedTeamsWebhooksAreNotFound() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        Database.update("UPDATE team SET deleted_at = now() WHERE id = ?", team.id());
        // When
        var response = asOperator().get(WEBHOOKS + "/" + webhook.id()).then();
        // Then
        problem(response, 404, "not_found");
    }

    private static List<Object> audit(String webhookId) {
        return Database.query("SELECT action FROM audit_entry WHERE target_id = ? ORDER BY seq", webhookId).stream()
                .map(row -> row.get("action")).toList();
    }
}
