package dev.tollkeeper.billing.budget;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Budgets;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import dev.tollkeeper.testsupport.Way;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** A key whose budget is used up is refused, whichever way it is asked, and free again when the budget is. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BudgetVerdictTest {
    private static final List<Way> WAYS = List.of(Way.VERIFY, Way.FORWARD_AUTH, Way.EXT_AUTHZ);
    private static final String ADDRESS = "198.51.100.20";

    private final TestTeam team = TestTeam.create();
    private final String meter = Usage.meter();
    private final TestKey key = team.ordinaryKey();
    private final TestKey other = team.ordinaryKey();

    @BeforeEach
    void aPrice() {
        Usage.price(meter, "1");
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    private String budget(String scope, String period) {
        Map<String, Object> budget = new HashMap<>(Map.of("scope", scope, "period", period, "hard_limit", "10"));
        if (scope.equals("key")) {
            budget.put("key_id", key.id());
        } else if (scope.equals("user")) {
            budget.put("user_id", team.adminId());
        }
        return Budgets.create(team, budget);
    }

    private void spend(UUID spender, String amount) {
        Usage.send(team, List.of(Usage.event(spender, TestClock.now(), meter, amount)));
    }

    private String ask(Way way, TestKey asked) {
        return way.ask(RestAssured.port, asked.secret(), ADDRESS, team.managementKey());
    }

    /** Within the second that the contract gives. */
    private void awaitAll(TestKey asked, String code) {
        for (Way way : WAYS) {
            Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() -> assertThat(ask(way, asked)).as(way.name()).isEqualTo(code));
        }
    }

    private void assertAll(TestKey asked, String code) {
        WAYS.forEach(way -> assertThat(ask(way, asked)).as(way.name()).isEqualTo(code));
    }

    /** Seen to fail with the budgets left out of Admission.admitAtOnce. */
    @ParameterizedTest
    @ValueSource(strings = {"project", "key", "each_key", "user", "each_user"})
    void aKeyIsRefusedOnceItsBudgetIsUsedUp(String scope) {
        // Given
        budget(scope, "daily");
        spend(key.id(), "9.999999");
        assertAll(key, "valid");
        // When
        spend(key.id(), "0.000001");
        // Then
        awaitAll(key, "budget_exhausted");
        awaitAll(other, List.of("key", "each_key").contains(scope) ? "valid" : "budget_exhausted");
    }

    @Test
    void callsOfThisApiAreNotRefused() {
        // Given
        budget("project", "total");
        spend(key.id(), "10");
        awaitAll(key, "budget_exhausted");
        // Then
        assertThat(ask(Way.WHOAMI, key)).isEqualTo("valid");
        as(team.managementKey()).get("/api/budgets").then().statusCode(200);
    }

    @Test
    void theKeysOfAnotherProjectAreNotMeant() {
        // Given
        budget("user", "total");
        UUID elsewhere = TestTeam.project(team.id());
        Database.update("UPDATE api_key SET project_id = ? WHERE id = ?", elsewhere, other.id());
        // When
        spend(key.id(), "10");
        // Then
        awaitAll(key, "budget_exhausted");
        assertAll(other, "valid");
    }

    @Test
    void aBudgetThatOnlyWarnsRefusesNobody() {
        // Given
        String path = budget("project", "total");
        spend(key.id(), "10");
        awaitAll(key, "budget_exhausted");
        // When
        as(team.managementKey()).body("{\"enforced\":false}").put(path).then().statusCode(200);
        // Then
        assertAll(key, "valid");
        as(team.managementKey()).body("{\"enforced\":true}").put(path).then().statusCode(200);
        assertAll(key, "budget_exhausted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"project", "key", "each_key", "user", "each_user"})
    void aKeyIsFreeAgainWhenTheLimitIsRaisedOrTheBudgetDeleted(String scope) {
        // Given
        String path = budget(scope, "monthly");
        spend(key.id(), "10");
        awaitAll(key, "budget_exhausted");
        // When
        as(team.managementKey()).body("{\"hard_limit\":\"10.01\"}").put(path).then().statusCode(200);
        // Then
        assertAll(key, "valid");
        as(team.managementKey()).body("{\"hard_limit\":\"1\"}").put(path).then().statusCode(200);
        assertAll(key, "budget_exhausted");
        as(team.managementKey()).delete(path).then().statusCode(200);
        assertAll(key, "valid");
    }

    @Test
    void aBudgetThatIsMadeTooLateRefusesAtOnce() {
        // Given
        spend(key.id(), "10");
        assertAll(key, "valid");
        // When
        budget("each_user", "total");
        // Then
        assertAll(key, "budget_exhausted");
    }

    /** Seen to fail with UsedUp.isAt not looking at its end. */
    @Test
    void aKeyIsFreeAgainAtOnceWhenTheWindowEnds() {
        // Given
        TestClock.moveTo(Instant.parse("2027-03-28T21:59:50Z"));
        Budgets.create(team, Map.of("scope", "project", "period", "daily", "timezone", "Europe/Vienna", "hard_limit", "10"));
        spend(key.id(), "10");
        awaitAll(key, "budget_exhausted");
        // When
        TestClock.moveTo(Instant.parse("2027-03-28T22:00:00Z"));
        // Then
        assertAll(key, "valid");
    }

    /** Usage may be reported five minutes ahead. Seen to fail with the present window alone looked at. */
    @Test
    void aWindowToComeCanBeUsedUpBeforeItBegins() {
        // Given
        TestClock.moveTo(Instant.parse("2027-03-02T23:58:00Z"));
        budget("project", "daily");
        Usage.send(team, List.of(Usage.event(key.id(), Instant.parse("2027-03-03T00:00:00Z"), meter, "10")));
        assertAll(key, "valid");
        // When
        TestClock.moveTo(Instant.parse("2027-03-03T00:00:00Z"));
        // Then
        assertAll(key, "budget_exhausted");
    }

    /** Invariant 19, and the contract's order. Seen to fail without giveBack in Admission. */
    @ParameterizedTest
    @EnumSource(names = {"VERIFY", "FORWARD_AUTH", "EXT_AUTHZ"})
    void aRefusalForABudgetUsesUpNothing(Way way) {
        // Given
        Database.update("UPDATE api_key SET rate_limit = 2, rate_limit_window_seconds = 3600, remaining_uses = 5 WHERE id = ?",
                key.id());
        String path = budget("project", "total");
        spend(key.id(), "10");
        awaitAll(key, "budget_exhausted");
        // When
        for (int i = 0; i < 4; i++) {
            assertThat(ask(way, key)).isEqualTo("budget_exhausted");
        }
        // Then
        as(team.managementKey()).delete(path).then().statusCode(200);
        assertThat(Database.value("SELECT remaining_uses FROM api_key WHERE id = ?", key.id())).isEqualTo(5L);
        as(team.managementKey()).body(Map.of("key", key.secret(), "cost", 0)).post("/api/keys/verify").then()
                .body("rate_limit.remaining", equalTo(2));
        assertThat(ask(way, key)).isEqualTo("valid");
        assertThat(ask(way, key)).isEqualTo("valid");
        assertThat(ask(way, key)).isEqualTo("rate_limited");
    }

    @Test
    void theRateLimitComesFirst() {
        // Given
        Database.update("UPDATE api_key SET rate_limit = 1, rate_limit_window_seconds = 3600 WHERE id = ?", key.id());
        assertThat(ask(Way.VERIFY, key)).isEqualTo("valid");
        // When
        budget("project", "total");
        spend(key.id(), "10");
        // Then
        awaitAll(other, "budget_exhausted");
        assertAll(key, "rate_limited");
    }
}
