package dev.tollkeeper.audit;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditResourceTest {
    private static final String CONFIG = "/api/manage/project-configs";

    private final TestTeam team = TestTeam.create();

    @Test
    void aChangeIsToldWithWhoWhatAndFromWhere() {
        // Given
        as(team.managementKey()).header("User-Agent", "my client/1").header("X-Request-Id", "r-1")
                .header("X-Forwarded-For", "192.0.2.7").body("{\"active\":false}").put(CONFIG).then().statusCode(200);
        // When
        var response = list("");
        // Then
        response.body("$", aMapWithSize(2)).body("next_cursor", nullValue()).body("entries.size()", equalTo(1))
                .body("entries[0]", aMapWithSize(9)).body("entries[0].action", equalTo("config.updated"))
                .body("entries[0].actor.type", equalTo("api_key")).body("entries[0].actor.id", equalTo(keyId()))
                .body("entries[0].actor.name", equalTo("management"))
                .body("entries[0].target", equalTo(Map.of("type", "project", "id", team.projectId().toString())))
                .body("entries[0].ip", equalTo("192.0.2.7")).body("entries[0].user_agent", equalTo("my client/1"))
                .body("entries[0].request_id", equalTo("r-1"))
                .body("entries[0].changes", equalTo(Map.of("active", Map.of("from", true, "to", false))));
        assertThat(Instant.parse(response.extract().path("entries[0].at"))).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aRefusedCallIsToldAndNoSecretWithIt() {
        // Given
        asUser(team.memberEmail()).body("{\"active\":false}").put(CONFIG).then().statusCode(403);
        Database.update("UPDATE api_key SET revoked_at = now() WHERE team_id = ?", team.id());
        as(team.managementKey()).get(CONFIG + "?x=" + team.managementKey()).then().statusCode(401);
        // When
        var response = asUser(team.adminEmail()).get("/api/audit").then().statusCode(200);
        // Then
        response.body("entries.action", equalTo(List.of("request.refused", "request.refused")))
                .body("entries.changes.code", equalTo(List.of("key_revoked", "admin_required")))
                .body("entries.target.id", equalTo(List.of("GET " + CONFIG, "PUT " + CONFIG)))
                .body("entries.actor.name", equalTo(List.of("management", team.memberEmail())));
        assertThat(response.extract().asString()).doesNotContain(team.managementKey().substring(4, 20));
    }

    @Test
    void theNewestComesFirstPageByPage() {
        // Given
        for (int change = 0; change < 5; change++) {
            change(change % 2 == 0);
        }
        List<Object> all = list("").extract().path("entries.id");
        List<Object> paged = new ArrayList<>();
        // When
        String cursor = null;
        do {
            var page = list("limit=2" + (cursor == null ? "" : "&cursor=" + cursor)).extract();
            paged.addAll(page.path("entries.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        // Then
        assertThat(paged).hasSize(5).isEqualTo(all);
        assertThat(list("").extract().<List<String>>path("entries.at"))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    /** Invariant 15: what goes on in another team's log does not show, a cursor from it included. */
    @Test
    void anotherTeamsCursorLeadsNowhere() {
        // Given
        TestTeam other = TestTeam.create();
        as(other.managementKey()).body("{\"active\":false}").put(CONFIG).then().statusCode(200);
        as(other.managementKey()).body("{\"active\":true}").put(CONFIG).then().statusCode(200);
        String foreign = as(other.managementKey()).get("/api/audit?limit=1").then().extract().path("next_cursor");
        change(false);
        // When
        var response = list("cursor=" + foreign);
        // Then
        response.body("entries.size()", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({"actor=KEY,1", "actor=management,1", "actor=MEMBER,2", "actor=MEMBER_ID,2", "actor=manage,0", "actor=nobody,0",
            "action=config.updated,1", "action=config.,1", "action=config.*,1", "action=*,3",
            "action=&actor=&target=&from=&until=,3", "action=request*,2",
            "action=config,0", "action=onfig.updated,0", "action=config._pdated,0", "target=PROJECT,1",
            "target=project:PROJECT,1", "target=team:PROJECT,0", "target=project:,0", "actor=KEY&action=request.,0",
            "from=2020-01-01,3", "until=2020-01-01,0", "from=2020-01-01&until=2020-01-01,0",
            "from=2020-01-01T00:00:00Z&until=2999-12-31T23:59:59.999999%2B02:00,3"})
    void entriesAreFilteredBy(String query, int found) {
        // Given
        change(false);
        asUser(team.memberEmail()).body("{}").put(CONFIG).then().statusCode(403);
        asUser(team.memberEmail()).body("{}").put(CONFIG).then().statusCode(403);
        // When
        var response = list(query.replace("KEY", keyId()).replace("MEMBER_ID", team.memberId().toString())
                .replace("MEMBER", team.memberEmail()).replace("PROJECT", team.projectId().toString()));
        // Then
        response.body("entries.size()", equalTo(found));
    }

    @Test
    void theRangeIsHalfOpenToTheMicrosecond() {
        // Given
        change(false);
        String at = Database
                .value("SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM audit_entry "
                        + "WHERE team_id = ?", team.id())
                .toString();
        // Then
        list("from=" + at).body("entries.size()", equalTo(1));
        list("until=" + at).body("entries.size()", equalTo(0));
        list("from=" + at + "&until=" + at).body("entries.size()", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({"from=yesterday,invalid_date_range,from", "until=2025-02-30,invalid_date_range,until",
            "until=x,invalid_date_range,until",
            "from=2025-01-02&until=2025-01-01,invalid_date_range,until", "actor=a%0Ab,invalid_request,actor",
            "action=a%00b,invalid_request,action", "target=%7F,invalid_request,target", "limit=0,invalid_request,limit",
            "limit=201,invalid_request,limit", "cursor=x,invalid_request,cursor"})
    void aParameterThatCannotBeTakenIsNamed(String query, String code, String parameter) {
        // When
        var response = as(team.managementKey()).urlEncodingEnabled(false).get("/api/audit?" + query).then();
        // Then
        problem(response, 400, code).body("errors[0].field", equalTo(parameter));
    }

    @Test
    void theInstallationsOwnLogTellsOfTheRegistry() {
        // Given
        String id = "p-" + dev.tollkeeper.http.Ids.next();
        asOperator().body("{\"name\":\"New\"}").put("/api/registry/providers/" + id).then().statusCode(201);
        // When
        var response = asOperator().get("/api/audit?team_id=installation&action=provider.*&target=provider:" + id).then();
        // Then
        response.statusCode(200).body("entries.action", equalTo(List.of("provider.created")))
                .body("entries[0].actor.type", equalTo("user")).body("entries[0].actor.name", startsWith("operator@"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    void aPageHoldsWhatIsAskedFor(int limit) {
        // Given
        change(false);
        change(true);
        // Then
        list("limit=" + limit).body("entries.size()", equalTo(Math.min(limit, 2))).body("entries.action",
                everyItem(oneOf("config.updated")));
    }

    private void change(boolean active) {
        as(team.managementKey()).body("{\"active\":" + active + "}").put(CONFIG).then().statusCode(200);
    }

    private ValidatableResponse list(String query) {
        return as(team.managementKey()).urlEncodingEnabled(false).get("/api/audit" + (query.isEmpty() ? "" : "?" + query))
                .then()
                .statusCode(200);
    }

    private String keyId() {
        return Database.value("SELECT id FROM api_key WHERE team_id = ?", team.id()).toString();
    }
}
