package dev.tollkeeper.billing.reconciliation;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Invariant 2: stored balances and roll-ups are derived again, and what drifts is told. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReconciliationTest {
    private static final Instant NOW = Instant.now();

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();

    @Inject
    ReconciliationJob job;

    @Inject
    ReconciliationMetrics metrics;

    @BeforeEach
    void useSome() {
        Usage.price(team, meter, null, "2");
        Usage.credit(team.id(), Map.of("amount", "1000"));
        Usage.send(team, IntStream.range(0, 20).mapToObj(hour -> Usage.of("m" + hour % 3,
                event(key.id(), NOW.minus(Duration.ofHours(hour)), meter, "1"))).toList());
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    @Test
    void booksThatAddUpHaveNoDrift() {
        reconcile(false).statusCode(200).body("balances", empty()).body("grants", equalTo("0.000000"))
                .body("roll_ups.rows", equalTo(0)).body("roll_ups.cost", equalTo("0.000000"));
    }

    /** Seen to fail with the events added and not taken away, and without the look at the number of requests. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"UPDATE usage_rollup SET cost = cost + 5 | 1 | 5.000000",
            "DELETE FROM usage_rollup | 1 | 2.000000", "UPDATE usage_rollup SET requests = requests + 1 | 1 | 0.000000",
            "UPDATE usage_rollup SET hour = hour + interval '1 minute' | 2 | 4.000000"})
    void aRollUpThatDriftedIsToldAndBuiltAnew(String damage, int rows, String cost) {
        // Given
        Object hour = Database.value("SELECT max(hour)::text FROM usage_rollup WHERE team_id = ?", team.id());
        Database.update(damage + " WHERE team_id = ? AND hour = ?::timestamptz", team.id(), hour);
        // Then
        reconcile(false).statusCode(200).body("roll_ups.rows", equalTo(rows)).body("roll_ups.cost", equalTo(cost));
        assertThat(noted("roll_ups")).isEqualTo((long) rows);
        reconcile(true).statusCode(200).body("rebuilt", equalTo(true)).body("roll_ups.rows", equalTo(0));
        assertThat(noted("roll_ups")).isEqualTo(0L);
        Books.audit(team.id());
    }

    /** Entries that were folded once are not folded again. */
    @Test
    void aBalanceThatIsNotTheFoldOfItsEntriesIsTold() {
        // Given: what was folded once goes on from there
        reconcile(false).body("balances", empty());
        Usage.send(team, List.of(event(key.id(), NOW, meter, "3")));
        reconcile(false).body("balances", empty());
        // When
        Database.update("UPDATE ledger_account SET balance = balance - 1 WHERE team_id = ? AND account = 'balance'", team.id());
        // Then
        reconcile(true).body("balances.account", contains("balance")).body("balances.stored", contains("953.000000"))
                .body("balances.folded", contains("954.000000")).body("grants", equalTo("1.000000"));
        assertThat(noted("balances")).isEqualTo(1);
        assertThat(noted("grants")).isEqualTo(1);
    }

    @Test
    void theJobFindsItAndEveryReplicaTellsIt() {
        // Given
        Database.update("UPDATE usage_rollup SET quantity = quantity + 1 WHERE team_id = ? AND model = 'm1'", team.id());
        // When
        TestClock.advance(Duration.ofHours(25));
        job.check().await().indefinitely();
        metrics.read().await().indefinitely();
        // Then
        assertThat((Long) noted("roll_ups")).isPositive();
        Object all = Database.value("SELECT sum(roll_ups) FROM reconciliation");
        assertThat(asNobody().get("/q/metrics").then().statusCode(200).extract().asString())
                .contains("tollkeeper_reconciliation_drift{what=\"roll_ups\"} " + all + ".0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"month\":null}", "{\"month\":\"2025-13\"}",
            "{\"month\":\"2025-10\",\"rebuild\":\"maybe\"}", "[]"})
    void whatIsNotARequestIsRefused(String body) {
        problem(asOperator().body(body).post(path()).then(), 400, "invalid_request");
    }

    @Test
    void aMonthWhoseEventsAreGoneIsNotBuiltAnew() {
        problem(asOperator().body(Map.of("month", "1999-01", "rebuild", true)).post(path()).then(), 409, "state_conflict");
    }

    @Test
    void itIsTheOperators() {
        Map<String, String> body = Map.of("month", "2025-10");
        problem(asNobody().body(body).post(path()).then(), 401, "credentials_missing");
        problem(as(team.managementKey()).body(body).post(path()).then(), 403, "operator_required");
        problem(asOperator().body(body).post("/api/team-billing/" + Ids.next() + "/reconciliation").then(), 404, "not_found");
    }

    private String path() {
        return "/api/team-billing/" + team.id() + "/reconciliation";
    }

    // The month of all but the earliest events; each call is about the whole ledger.
    private ValidatableResponse reconcile(boolean rebuild) {
        YearMonth month = YearMonth.from(NOW.atOffset(ZoneOffset.UTC));
        return asOperator().body(Map.of("month", month.toString(), "rebuild", rebuild)).post(path()).then();
    }

    private Object noted(String what) {
        return Database.value("SELECT " + what + " FROM reconciliation WHERE team_id = ?", team.id());
    }
}
