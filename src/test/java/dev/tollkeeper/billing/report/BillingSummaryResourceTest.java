package dev.tollkeeper.billing.report;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.time.Instant;
import java.util.List;

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

/** The billing half of hosted.ai's FAQ, on the very days that it names. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BillingSummaryResourceTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.key(KeyKind.ORDINARY, "customer");

    @BeforeEach
    void reportUsage() {
        TestClock.moveTo(Instant.parse("2025-11-01T12:00:00Z"));
        Usage.price(team, "hours", null, "0.5");
        Usage.price(team, "tokens", "m-1", "0.000002");
        Usage.send(team, List.of(
                Usage.event(key.id(), Instant.parse("2025-10-29T23:59:59.999999Z"), "hours", "1000"),
                Usage.event(key.id(), Instant.parse("2025-10-30T00:00:00Z"), "hours", "1"),
                Usage.event(key.id(), Instant.parse("2025-10-30T12:34:56Z"), "hours", "10"),
                Usage.of("m-1", Usage.event(key.id(), Instant.parse("2025-10-30T12:40:00Z"), "tokens", "1500")),
                Usage.event(key.id(), Instant.parse("2025-10-30T23:59:59.999999Z"), "hours", "100"),
                Usage.event(key.id(), Instant.parse("2025-10-31T00:00:00Z"), "hours", "10000")));
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail with the end taken as the end of its day. */
    @Test
    void theSameDayTwiceIsZeroSecondsAndBillsNothing() {
        // When
        var summary = summary("2025-10-31/2025-10-31");
        // Then
        summary.statusCode(200).body("start", equalTo("2025-10-31T00:00:00Z")).body("end", equalTo("2025-10-31T00:00:00Z"))
                .body("total_cost", equalTo("0.000000")).body("total_quantity", equalTo("0")).body("by_project", empty())
                .body("by_key", empty()).body("by_model", empty()).body("by_meter", empty());
    }

    /** Seen to fail with {@code <=} for {@code <} at the end of a segment, and with the microsecond before midnight left out. */
    @Test
    void aDayToTheNextIsAllOfTheFirstToItsLastMicrosecondAndNoFurther() {
        // When
        var summary = summary("2025-10-30/2025-10-31");
        // Then
        summary.statusCode(200).body("total_cost", equalTo("55.503000")).body("total_quantity", equalTo("1611"))
                .body("total_requests", equalTo(4)).body("currency.code", equalTo("EUR")).body("currency.symbol", equalTo("€"))
                .body("by_project.project_id", contains(team.projectId().toString()))
                .body("by_project.cost", contains("55.503000"))
                .body("by_key.name", contains("customer")).body("by_key.key_id", contains(key.id().toString()))
                .body("by_meter.meter", contains("hours", "tokens")).body("by_meter.cost", contains("55.500000", "0.003000"))
                .body("by_model.model", contains(null, "m-1")).body("by_model.quantity", contains("111", "1500"));
    }

    @ParameterizedTest
    @CsvSource({"2025-10-30T12:34:56/2025-10-30T12:40:00,5.000000", "2025-10-30T12:34/2025-10-30T13:00,5.003000",
            "2025-10-30T00:00:00.000001/2025-10-31,55.003000", "2025-10-30/2025-10-30T23:59:59.999999,5.503000",
            "2025-10-30T01:00:00+01:00/2025-10-31T01:00:00+01:00,55.503000",
            "2025-10-30/2025-10-31T00:00:00.000001,5055.503000"})
    void aRangeIsTakenToTheMicrosecond(String range, String cost) {
        // When
        var summary = summary(range);
        // Then
        summary.statusCode(200).body("total_cost", equalTo(cost));
    }

    @Test
    void aDayIsTheZonesDay() {
        // Given: in Kathmandu, at +05:45, October 30th begins at 18:15 UTC of the 29th
        String range = "2025-10-30/2025-10-31?timezone=Asia/Kathmandu";
        // When
        var summary = summary(range);
        // Then
        summary.statusCode(200).body("start", equalTo("2025-10-29T18:15:00Z")).body("total_cost", equalTo("505.503000"));
    }

    @ParameterizedTest
    @CsvSource({"2025-10-31/2025-10-30", "2025-10-32/2025-11-01", "yesterday/today", "2025-10-30T25:00/2025-10-31",
            "2025-02-30/2025-03-01"})
    void aRangeThatIsNoneIsRefused(String range) {
        // When
        var summary = summary(range);
        // Then
        problem(summary, 400, "invalid_date_range");
    }

    @Test
    void anUnknownZoneIsRefused() {
        // When
        var summary = summary("2025-10-30/2025-10-31?timezone=Mars/Olympus");
        // Then
        problem(summary, 400, "invalid_request").body("errors.field", hasItem("timezone"));
    }

    @Test
    void itNeedsACredential() {
        // When
        var response = asNobody().get(path("2025-10-30/2025-10-31")).then();
        // Then
        problem(response, 401, "credentials_missing");
    }

    @Test
    void itNeedsAManagementKey() {
        // When
        var response = as(key.secret()).get(path("2025-10-30/2025-10-31")).then();
        // Then
        problem(response, 403, "management_key_required");
    }

    @Test
    void itNeedsTheScope() {
        // Given
        TestKey narrow = team.key(KeyKind.MANAGEMENT, "narrow");
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE id = ?", narrow.id());
        // When
        var response = as(narrow.secret()).get(path("2025-10-30/2025-10-31")).then();
        // Then
        problem(response, 403, "scope_missing");
    }

    @Test
    void membersAndTheOperatorMayRead() {
        // When
        var asMember = asUser(team.memberEmail()).get(path("2025-10-30/2025-10-31")).then();
        var asTheOperator = asOperator().get(path("2025-10-30/2025-10-31")).then();
        // Then
        asMember.statusCode(200).body("total_cost", equalTo("55.503000"));
        asTheOperator.statusCode(200).body("total_cost", equalTo("55.503000"));
    }

    /** Invariant 15. Seen to fail with {@code requireTeam} taken out of the service. */
    @Test
    void anotherTeamsBillIsABillOfNothing() {
        // Given
        TestTeam stranger = TestTeam.create();
        // When
        var foreign = as(stranger.managementKey()).header("X-Request-Id", "same").get(path("2025-10-30/2025-10-31")).then();
        var unknown = as(stranger.managementKey()).header("X-Request-Id", "same")
                .get("/api/team-billing/summary/" + Ids.next() + "/2025-10-30/2025-10-31").then();
        // Then
        problem(foreign, 404, "not_found");
        assertThat(foreign.extract().asString()).isEqualTo(unknown.extract().asString());
        problem(asOperator().get("/api/team-billing/summary/" + Ids.next() + "/2025-10-30/2025-10-31").then(), 404,
                "not_found");
    }

    private String path(String range) {
        return "/api/team-billing/summary/" + team.id() + "/" + range;
    }

    private ValidatableResponse summary(String range) {
        return as(team.managementKey()).urlEncodingEnabled(false).get(path(range)).then();
    }
}
