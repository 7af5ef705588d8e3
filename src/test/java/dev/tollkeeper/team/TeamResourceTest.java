package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamResourceTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void theOperatorMakesATeam() {
        // Given
        String name = "Zürich & Söhne (" + Ids.next() + ")";
        // When
        var response = asOperator().body(Map.of("name", name, "currency", "CHF", "billing_mode", "prepaid")).post("/api/teams")
                .then();
        // Then
        response.statusCode(201).body("id", notNullValue()).body("name", equalTo(name)).body("currency", equalTo("CHF"))
                .body("status", equalTo("active")).body("billing_mode", equalTo("prepaid"))
                .body("created_at", matchesPattern("20..-..-..T..:..:.*Z"));
        String id = response.extract().path("id");
        asOperator().get("/api/teams/" + id).then().statusCode(200).body("name", equalTo(name));
        assertThat(Database.value("SELECT action FROM audit_entry WHERE team_id = ?::uuid", id)).isEqualTo("team.created");
    }

    @Test
    void aTeamPaysLaterUnlessToldOtherwise() {
        // When
        var response = asOperator().body(Map.of("name", "later " + Ids.next(), "currency", "JPY")).post("/api/teams").then();
        // Then
        response.statusCode(201).body("billing_mode", equalTo("postpaid"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{} | name",
            "{\"name\":\"x\"} | currency",
            "{\"name\":\"\",\"currency\":\"EUR\"} | name",
            "{\"name\":\" x\",\"currency\":\"EUR\"} | name",
            "{\"name\":\"x\\u00a0\",\"currency\":\"EUR\"} | name",
            "{\"name\":\"x\\u0000y\",\"currency\":\"EUR\"} | name",
            "{\"name\":\"x\\ny\",\"currency\":\"EUR\"} | name",
            "{\"name\":5,\"currency\":\"EUR\"} | name",
            "{\"name\":\"x\",\"currency\":\"eur\"} | currency",
            "{\"name\":\"x\",\"currency\":\"XAU\"} | currency",
            "{\"name\":\"x\",\"currency\":\"EUR\",\"billing_mode\":\"free\"} | billing_mode",
            "{\"name\":\"x\",\"currency\":\"EUR\",\"color\":\"FF0000\"} | color"})
    void aFieldThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var response = asOperator().body(body).post("/api/teams").then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
    }

    @Test
    void aNameIsAtMost100Characters() {
        // Given
        String name = "n".repeat(64) + Ids.next();
        // When
        var longest = asOperator().body(Map.of("name", name, "currency", "EUR")).post("/api/teams").then();
        var longer = asOperator().body(Map.of("name", name + "n", "currency", "EUR")).post("/api/teams").then();
        // Then
        longest.statusCode(201);
        problem(longer, 400, "invalid_request").body("errors.field", hasItem("name"));
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        // Given
        String name = "Taken " + Ids.next();
        asOperator().body(Map.of("name", name, "currency", "EUR")).post("/api/teams").then().statusCode(201);
        Map<String, String> shouted = Map.of("name", name.toUpperCase(java.util.Locale.ROOT), "currency", "EUR");
        // When
        var created = asOperator().body(shouted).post("/api/teams").then();
        var renamed = asUser(team.adminEmail()).body(Map.of("name", shouted.get("name"))).put("/api/teams/" + team.id()).then();
        // Then
        problem(created, 400, "duplicate_name").body("errors.field", hasItem("name"));
        problem(renamed, 400, "duplicate_name").body("errors.field", hasItem("name"));
    }

    @Test
    void everyoneSeesTheirOwnTeams() {
        // Given
        TestTeam second = TestTeam.create();
        People.join(second.id(), team.memberId(), "member");
        // When
        List<String> users = asUser(team.memberEmail()).get("/api/teams").then().statusCode(200).extract().path("teams.id");
        List<String> keys = as(team.managementKey()).get("/api/teams").then().statusCode(200).extract().path("teams.id");
        // Then
        assertThat(users).containsExactly(team.id().toString(), second.id().toString());
        assertThat(keys).containsExactly(team.id().toString());
    }

    @Test
    void someoneInNoTeamSeesNone() {
        // Given
        Database.update("DELETE FROM membership WHERE user_id = ?", team.memberId());
        // When
        var response = asUser(team.memberEmail()).get("/api/teams").then();
        // Then
        response.statusCode(200).body("teams", equalTo(List.of())).body("next_cursor", nullValue());
    }

    @Test
    void theOperatorPagesThroughAllTeams() {
        // Given
        TestTeam second = TestTeam.create();
        Set<String> seen = new HashSet<>();
        String cursor = null;
        // When
        do {
            var page = asOperator().queryParam("limit", 7).queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .get("/api/teams").then().statusCode(200).body("$", hasKey("next_cursor")).extract();
            List<String> ids = page.path("teams.id");
            assertThat(ids).hasSizeLessThanOrEqualTo(7).allMatch(seen::add);
            cursor = page.path("next_cursor");
        } while (cursor != null);
        // Then
        assertThat(seen).contains(team.id().toString(), second.id().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "cursor=nonsense"})
    void aPageThatCannotBeIsRefused(String query) {
        // When
        var response = asOperator().get("/api/teams?" + query).then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(query.split("=")[0]));
    }

    @Test
    void anAdminRenamesTheirTeam() {
        // Given
        String name = "Renamed " + Ids.next();
        // When
        var response = asUser(team.adminEmail()).body(Map.of("name", name)).put("/api/teams/" + team.id()).then();
        // Then
        response.statusCode(200).body("name", equalTo(name)).body("currency", equalTo("EUR"));
        assertThat(
                Database.value("SELECT changes #>> '{name,to}' FROM audit_entry WHERE team_id = ? AND action = 'team.updated'",
                        team.id()))
                .isEqualTo(name);
    }

    @Test
    void anAdminMaySendBackWhatTheyRead() {
        // Given
        Map<String, String> asRead = Map.of("name", "team " + team.id(), "currency", "EUR", "billing_mode", "postpaid");
        // When
        var response = asUser(team.adminEmail()).body(asRead).put("/api/teams/" + team.id()).then();
        // Then
        response.statusCode(200);
        assertThat(Database.query("SELECT * FROM audit_entry WHERE team_id = ?", team.id())).isEmpty();
    }

    @Test
    void theOperatorChangesCurrencyAndBillingMode() {
        // When
        var response = asOperator().body(Map.of("currency", "USD", "billing_mode", "prepaid")).put("/api/teams/" + team.id())
                .then();
        // Then
        response.statusCode(200).body("currency", equalTo("USD")).body("billing_mode", equalTo("prepaid"));
        assertThat(Database.value("SELECT changes::text FROM audit_entry WHERE team_id = ?", team.id()).toString())
                .contains("\"to\": \"USD\"", "\"from\": \"postpaid\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "INSERT INTO ledger_account (team_id, account, currency, balance) VALUES (?, 'balance', 'EUR', 0)",
            "INSERT INTO credit_grant (team_id, id, amount, remaining, priority, reason, created_at) "
                    + "VALUES (?, gen_random_uuid(), 1, 1, 0, 'test', now())",
            "INSERT INTO usage_event_key (team_id, source, event_id, fingerprint) VALUES (?, 's', 'e', sha256('x'))"})
    void theCurrencyStaysOnceSomethingWasCountedInIt(String billed) {
        // Given
        Database.update(billed, team.id());
        // When
        var response = asOperator().body(Map.of("currency", "USD")).put("/api/teams/" + team.id()).then();
        // Then
        problem(response, 409, "state_conflict");
        assertThat(Database.value("SELECT currency FROM team WHERE id = ?", team.id())).isEqualTo("EUR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"name\":null} | name", "{\"currency\":null} | currency",
            "{\"billing_mode\":null} | billing_mode", "{\"name\":\"\"} | name", "{\"currency\":\"Euro\"} | currency",
            "{\"billing_mode\":\"free\"} | billing_mode"})
    void aChangeThatCannotBeTakenIsNamed(String body, String field) {
        // When
        var response = asOperator().body(body).put("/api/teams/" + team.id()).then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01920000-0000-7000-8000-000000000000"})
    void whatIsNoTeamIsNotFound(String id) {
        // When
        var responses = List.of(asOperator().get("/api/teams/" + id).then(),
                asOperator().body(Map.of("name", "x")).put("/api/teams/" + id).then(),
                asOperator().delete("/api/teams/" + id).then(),
                asOperator().post("/api/teams/" + id + "/suspend").then(),
                asOperator().post("/api/teams/" + id + "/unsuspend").then(),
                asOperator().get("/api/teams/" + id + "/members").then());
        // Then
        responses.forEach(response -> problem(response, 404, "not_found").body("error", equalTo("Team not found")));
    }

    @Test
    void aTeamTellsNothingOfOthers() {
        // Given
        TestTeam other = TestTeam.create();
        // When
        var response = as(team.managementKey()).get("/api/teams").then();
        // Then
        response.statusCode(200).body("teams.id", hasItems(team.id().toString()))
                .body("teams.id", not(hasItem(other.id().toString())));
    }
}
