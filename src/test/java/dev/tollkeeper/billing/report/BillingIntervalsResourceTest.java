package dev.tollkeeper.billing.report;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BillingIntervalsResourceTest {
    private static final String PLAIN = "";
    private static final String BY_PROJECT = "group-by-project/";

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.key(KeyKind.ORDINARY, "customer");

    @BeforeEach
    void reportUsage() {
        TestClock.moveTo(Instant.parse("2025-11-01T12:00:00Z"));
        Usage.price(team, "hours", null, "0.1");
        Usage.send(team, List.of(
                Usage.event(key.id(), Instant.parse("2025-10-25T22:30:00Z"), "hours", "1"),
                Usage.event(key.id(), Instant.parse("2025-10-26T22:59:59.999999Z"), "hours", "10"),
                Usage.event(key.id(), Instant.parse("2025-10-26T23:00:00Z"), "hours", "100")));
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    @Test
    void theRowsTileTheRangeEmptyOnesIncluded() {
        // When: the day on which Vienna's clocks are set back has 25 hours
        var intervals = get(PLAIN, "2025-10-25/2025-10-28/daily?timezone=Europe/Vienna");
        // Then
        intervals.statusCode(200)
                .body("rows.start", contains("2025-10-24T22:00:00Z", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"))
                .body("rows.end", contains("2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", "2025-10-27T23:00:00Z"))
                .body("rows.quantity", contains("0", "11", "100"))
                .body("rows.cost", contains("0.000000", "1.100000", "10.000000"))
                .body("total_cost", equalTo("11.100000")).body("currency.code", equalTo("EUR"))
                .body("timezone", equalTo("Europe/Vienna")).body("interval", equalTo("daily"));
    }

    @ParameterizedTest
    @CsvSource({"hourly,75", "daily,4", "weekly,2", "monthly,1"})
    void everyIntervalOfTheContractIsTaken(String interval, int rows) {
        // When: three days and three hours from a Saturday
        var intervals = get(PLAIN, "2025-10-25/2025-10-28T03:00/" + interval);
        // Then
        intervals.statusCode(200).body("rows", hasSize(rows)).body("total_cost", equalTo("11.100000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, BY_PROJECT})
    void anEmptyRangeHasNoRows(String call) {
        // When
        var intervals = get(call, "2025-10-31/2025-10-31/daily");
        // Then
        intervals.statusCode(200).body("total_cost", equalTo("0.000000"))
                .body(PLAIN.equals(call) ? "rows" : "projects", empty());
    }

    @Test
    void projectsHaveRowsOfTheirOwn() {
        // Given
        UUID other = TestTeam.project(team.id());
        TestKey second = team.key(KeyKind.ORDINARY, "second");
        Database.update("UPDATE api_key SET project_id = ? WHERE id = ?", other, second.id());
        Usage.send(team, List.of(Usage.event(second.id(), Instant.parse("2025-10-27T00:00:00Z"), "hours", "1000")));
        // When
        var byProject = get(BY_PROJECT, "2025-10-26/2025-10-28/daily");
        // Then
        byProject.statusCode(200).body("total_cost", equalTo("111.000000"))
                .body("projects.find { it.project_id == '" + team.projectId() + "' }.rows.cost",
                        contains("11.000000", "0.000000"))
                .body("projects.find { it.project_id == '" + other + "' }.rows.cost", contains("0.000000", "100.000000"))
                .body("projects.find { it.project_id == '" + other + "' }.name", equalTo("project " + other));
    }

    @Test
    void csvHasTheRowsOfTheJson() {
        // When
        String csv = as(team.managementKey()).accept("text/csv").get(path(PLAIN, "2025-10-26/2025-10-28/daily")).then()
                .statusCode(200).contentType(containsString("text/csv")).extract().asString();
        // Then
        assertThat(csv).isEqualTo("""
                start,end,quantity,cost,currency,requests\r
                2025-10-26T00:00:00Z,2025-10-27T00:00:00Z,110,11.000000,EUR,2\r
                2025-10-27T00:00:00Z,2025-10-28T00:00:00Z,0,0.000000,EUR,0\r
                """);
    }

    @Test
    void csvOfProjectsNamesThem() {
        // When
        String csv = as(team.managementKey()).accept("text/csv").get(path(BY_PROJECT, "2025-10-26/2025-10-27/daily")).then()
                .statusCode(200).extract().asString();
        // Then
        assertThat(csv).isEqualTo("project_id,project,start,end,quantity,cost,currency,requests\r\n" + team.projectId()
                + ",project " + team.projectId() + ",2025-10-26T00:00:00Z,2025-10-27T00:00:00Z,110,11.000000,EUR,2\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, BY_PROJECT})
    void whatCannotBeTakenIsRefused(String call) {
        problem(get(call, "2025-10-26/2025-10-25/daily"), 400, "invalid_date_range");
        problem(get(call, "2000-01-01/2025-01-01/hourly"), 400, "invalid_date_range");
        problem(get(call, "2025-10-25/2025-10-26/yearly"), 400, "invalid_request").body("errors.field", hasItem("interval"));
        problem(get(call, "2025-10-25/2025-10-26/daily?timezone=x"), 400, "invalid_request").body("errors.field",
                hasItem("timezone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, BY_PROJECT})
    void whoMayNotReadIsRefused(String call) {
        // Given
        String path = path(call, "2025-10-25/2025-10-26/daily");
        TestKey narrow = team.key(KeyKind.MANAGEMENT, "narrow");
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE id = ?", narrow.id());
        // Then
        problem(asNobody().get(path).then(), 401, "credentials_missing");
        problem(as(key.secret()).get(path).then(), 403, "management_key_required");
        problem(as(narrow.secret()).get(path).then(), 403, "scope_missing");
        problem(as(team.managementKey()).accept("image/png").get(path).then(), 406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, BY_PROJECT})
    void anotherTeamsBillIsABillOfNothing(String call) {
        // Given
        String stranger = TestTeam.create().managementKey();
        // When
        var foreign = as(stranger).header("X-Request-Id", "same").get(path(call, "2025-10-25/2025-10-26/daily")).then();
        var unknown = as(stranger).header("X-Request-Id", "same")
                .get("/api/team-billing/" + call + Ids.next() + "/2025-10-25/2025-10-26/daily").then();
        // Then
        problem(foreign, 404, "not_found");
        assertThat(foreign.extract().asString()).isEqualTo(unknown.extract().asString());
    }

    private String path(String call, String rest) {
        return "/api/team-billing/" + call + team.id() + "/" + rest;
    }

    private ValidatableResponse get(String call, String rest) {
        return as(team.managementKey()).urlEncodingEnabled(false).get(path(call, rest)).then();
    }
}
