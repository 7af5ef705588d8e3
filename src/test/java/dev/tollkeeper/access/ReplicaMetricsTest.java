package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Metrics.metric;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What operators see of a replica at {@code /q/metrics}, as docs/operations/metrics.md says it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReplicaMetricsTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.key(KeyKind.ORDINARY, "customer");

    @Test
    void onlyWhatIsNotRememberedIsLookedUp() {
        // Given
        double before = metric("tollkeeper_key_lookup_seconds_count{outcome=\"found\"}");
        // When
        as(key.secret()).get("/api/auth/forward").then().statusCode(200);
        double once = metric("tollkeeper_key_lookup_seconds_count{outcome=\"found\"}");
        as(key.secret()).get("/api/auth/forward").then().statusCode(200);
        // Then
        assertThat(once).isGreaterThan(before);
        assertThat(metric("tollkeeper_key_lookup_seconds_count{outcome=\"found\"}")).isEqualTo(once);
    }

    @Test
    void howFreshItsKnowledgeIsIsTold() {
        assertThat(metric("tollkeeper_change_channel_age_seconds")).isBetween(0.0, 5.0);
        assertThat(metric("tollkeeper_change_mark_seconds_count")).isPositive();
        assertThat(metric("tollkeeper_clock_offset_seconds")).isBetween(-1.0, 1.0);
    }

    @Test
    void triesToSignInAreCountedByWhatBecameOfThem() {
        // Given
        double right = metric("tollkeeper_sign_ins_total{outcome=\"succeeded\"}");
        double wrong = metric("tollkeeper_sign_ins_total{outcome=\"refused\"}");
        // When
        signIn(TestSettings.PASSWORD);
        signIn("not the password");
        // Then
        assertThat(metric("tollkeeper_sign_ins_total{outcome=\"succeeded\"}")).isEqualTo(right + 1);
        assertThat(metric("tollkeeper_sign_ins_total{outcome=\"refused\"}")).isEqualTo(wrong + 1);
    }

    @Test
    void whatIsStoredTogetherIsCounted() {
        // Given
        double before = metric("tollkeeper_usage_batch_events_sum");
        double stored = metric("tollkeeper_usage_store_seconds_count");
        // When
        Usage.send(team, List.of(Usage.event(key.id(), Instant.now(), "calls", "2"),
                Usage.event(key.id(), Instant.now(), "calls", "3")));
        // Then
        assertThat(metric("tollkeeper_usage_batch_events_sum")).isEqualTo(before + 2);
        assertThat(metric("tollkeeper_usage_store_seconds_count")).isEqualTo(stored + 1);
    }

    @Test
    void aBudgetThatIsUsedUpAndFreeAgainIsCountedTwice() {
        // Given
        Usage.price(team, "calls", null, "1");
        double usedUp = metric("tollkeeper_budget_flips_total{to=\"used_up\"}");
        double free = metric("tollkeeper_budget_flips_total{to=\"free\"}");
        Map<String, Object> budget = Map.of("scope", "project", "period", "total", "hard_limit", "5");
        String id = as(team.managementKey()).body(budget).post("/api/budgets").then().statusCode(201).extract().path("id");
        // When
        Usage.send(team, List.of(Usage.event(key.id(), Instant.now(), "calls", "6")));
        assertThat(metric("tollkeeper_budget_flips_total{to=\"used_up\"}")).isEqualTo(usedUp + 1);
        as(team.managementKey()).body(Map.of("scope", "project", "period", "total", "hard_limit", "50"))
                .put("/api/budgets/" + id).then()
                .statusCode(200);
        // Then
        assertThat(metric("tollkeeper_budget_flips_total{to=\"free\"}")).isEqualTo(free + 1);
    }

    private void signIn(String password) {
        asNobody().header("X-Forwarded-For", "203.0.113.77").body(Map.of("email", team.adminEmail(), "password", password))
                .post("/api/auth/token");
    }
}
