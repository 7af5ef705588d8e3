package dev.tollkeeper.billing.report;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

/** The Cortecs API's usage report: {@code from}, {@code until}, {@code bucket}, {@code group_by} and rows. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageReportResourceTest {
    private static final Map<String, String> DAY = Map.of("from", "2025-10-30", "until", "2025-10-31");

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.key(KeyKind.ORDINARY, "customer");
    private final TestKey other = team.key(KeyKind.ORDINARY, "=other");

    @BeforeEach
    void reportUsage() {
        TestClock.moveTo(Instant.parse("2025-10-31T12:00:00Z"));
        Usage.price(team, "tokens", null, "0.01");
        Usage.price(team, "calls", null, "1");
        Usage.send(team, List.of(
                Usage.of("mistral-small-latest",
                        Usage.event(key.id(), Instant.parse("2025-10-30T03:00:00Z"), "tokens", "100")),
                Usage.event(key.id(), Instant.parse("2025-10-30T04:00:00Z"), "calls", "2"),
                Usage.of("in-house", Usage.event(other.id(), Instant.parse("2025-10-30T13:00:00Z"), "tokens", "400")),
                Usage.event(other.id(), Instant.parse("2025-10-31T00:30:00Z"), "calls", "7")));
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    @Test
    void ofOneKeyNothingElseCounts() {
        // When
        var report = usage(
                Map.of("from", "2025-10-30", "until", "2025-11-01", "group_by", "meter", "key_id", other.id().toString()));
        // Then
        report.statusCode(200).body("rows.group", equalTo(List.of("tokens", "calls")))
                .body("rows.quantity", equalTo(List.of("400", "7")));
    }

    @Test
    void anotherTeamsKeyHasUsedNothing() {
        // Given
        String strange = TestTeam.create().key(KeyKind.ORDINARY, "strange").id().toString();
        // When
        var report = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "key_id", strange));
        // Then
        report.statusCode(200).body("rows.requests", equalTo(List.of(0)));
    }

    @Test
    void whatIsNoIdIsSaidToBeNone() {
        // When
        var report = usage(Map.of("key_id", "customer"));
        // Then
        report.statusCode(400).body("errors[0].field", equalTo("key_id"));
    }

    @Test
    void withNothingAskedItIsTodaySoFar() {
        // When
        var report = usage(Map.of());
        // Then
        report.statusCode(200).body("from", equalTo("2025-10-31T00:00:00Z")).body("bucket", equalTo("1d"))
                .body("group_by", equalTo("none")).body("currency", equalTo("EUR")).body("rows", hasSize(1))
                .body("rows[0].quantity", equalTo("7")).body("rows[0].requests", equalTo(1))
                .body("rows[0].cost", equalTo("7.000000")).body("rows[0].group", equalTo(null))
                .body("rows[0].start", equalTo("2025-10-31T00:00:00Z"));
        assertThat(Instant.parse(report.extract().<String>path("until"))).isAfter(Instant.parse("2025-10-31T11:59:59Z"));
    }

    @ParameterizedTest
    @CsvSource({"1h,24", "6h,4", "1d,1", "1w,1", "1M,1", "1Y,1"})
    void everyBucketOfTheContractIsTaken(String bucket, int rows) {
        // When
        var report = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "bucket", bucket));
        // Then
        report.statusCode(200).body("rows", hasSize(rows)).body("rows.requests.sum()", equalTo(3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"model | in-house:4.000000 mistral-small-latest:1.000000 null:2.000000",
            "meter | calls:2.000000 tokens:5.000000"})
    void groupsAreTheirWords(String grouping, String groups) {
        // When
        var report = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "group_by", grouping));
        // Then
        List<Map<String, String>> rows = report.statusCode(200).extract().path("rows");
        assertThat(rows.stream().map(row -> row.get("group") + ":" + row.get("cost"))).containsExactly(groups.split(" "));
    }

    @Test
    void modelsOfTheRegistryHaveAProvider() {
        // When
        var report = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "group_by", "provider"));
        // Then
        report.statusCode(200).body("rows.group", contains("mistral", null)).body("rows.cost",
                contains("1.000000", "6.000000"));
    }

    @Test
    void usersKeysAndProjectsHaveNames() {
        // When
        var byUser = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "group_by", "user"));
        var byKey = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "group_by", "user_key"));
        var byProject = usage(Map.of("from", "2025-10-30", "until", "2025-10-31", "group_by", "project"));
        // Then
        byUser.body("rows.group", contains(team.adminId().toString())).body("rows.group_name", contains(team.adminEmail()));
        byKey.body("rows.find { it.group_name == 'customer' }.group", equalTo(key.id().toString()))
                .body("rows.find { it.group_name == 'customer' }.cost", equalTo("3.000000"))
                .body("rows.find { it.group == '" + other.id() + "' }.cost", equalTo("4.000000"));
        byProject.body("rows.group", contains(team.projectId().toString()))
                .body("rows.group_name", contains("project " + team.projectId()));
    }

    @Test
    void csvHasTheRowsOfTheJsonAndNoFormula() {
        // When
        String csv = as(team.managementKey()).accept("text/csv").queryParams(DAY).queryParam("group_by", "user_key")
                .get("/api/usage").then().statusCode(200).extract().asString();
        // Then
        assertThat(csv).startsWith("start,end,group,group_name,quantity,requests,cost,currency\r\n")
                .contains("2025-10-30T00:00:00Z,2025-10-31T00:00:00Z," + key.id() + ",customer,102,2,3.000000,EUR\r\n")
                .contains("2025-10-30T00:00:00Z,2025-10-31T00:00:00Z," + other.id() + ",'=other,400,1,4.000000,EUR\r\n");
    }

    @ParameterizedTest
    @CsvSource({"bucket,2h", "bucket,1m", "group_by,everything", "timezone,+02:00"})
    void aWordThatIsNoneIsNamed(String parameter, String value) {
        // When
        var response = usage(Map.of(parameter, value));
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(parameter));
    }

    @ParameterizedTest
    @CsvSource({"2025-10-31,2025-10-30", "nonsense,2025-10-30", "1990-01-01,2025-01-01"})
    void aRangeThatIsNoneIsRefused(String from, String until) {
        // When
        var response = usage(Map.of("from", from, "until", until, "bucket", "1h"));
        // Then
        problem(response, 400, "invalid_date_range");
    }

    @Test
    void whoMayNotReadIsRefused() {
        // Given
        TestKey narrow = team.key(KeyKind.MANAGEMENT, "narrow");
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE id = ?", narrow.id());
        // Then
        problem(asNobody().get("/api/usage").then(), 401, "credentials_missing");
        problem(as(key.secret()).get("/api/usage").then(), 403, "management_key_required");
        problem(as(narrow.secret()).get("/api/usage").then(), 403, "scope_missing");
    }

    @Test
    void aUserOfSeveralTeamsNamesOne() {
        // Given
        TestTeam second = TestTeam.create();
        Database.update("INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, 'member', now())",
                second.id(),
                team.memberId());
        var asMember = asUser(team.memberEmail()).queryParams(DAY);
        // Then
        problem(asMember.get("/api/usage").then(), 400, "invalid_request").body("errors.field", hasItem("team_id"));
        asUser(team.memberEmail()).queryParams(DAY).queryParam("team_id", team.id()).get("/api/usage").then().statusCode(200)
                .body("rows.cost", contains("7.000000"));
    }

    @Test
    void anotherTeamIsNoTeam() {
        // Given
        String stranger = TestTeam.create().managementKey();
        // When
        var foreign = as(stranger).header("X-Request-Id", "same").queryParam("team_id", team.id()).get("/api/usage").then();
        var unknown = as(stranger).header("X-Request-Id", "same").queryParam("team_id", Ids.next()).get("/api/usage").then();
        // Then
        problem(foreign, 404, "not_found");
        assertThat(foreign.extract().asString()).isEqualTo(unknown.extract().asString());
    }

    private ValidatableResponse usage(Map<String, String> query) {
        return as(team.managementKey()).queryParams(query).get("/api/usage").then();
    }
}
