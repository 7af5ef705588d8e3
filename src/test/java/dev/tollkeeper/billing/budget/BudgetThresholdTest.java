package dev.tollkeeper.billing.budget;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Budgets;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import dev.tollkeeper.webhook.WebhookCalls;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 10: a threshold fires once a window. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BudgetThresholdTest {
    private static final Instant MORNING = Instant.parse("2027-03-01T08:00:00Z");

    private final TestTeam team = TestTeam.create();
    private final String meter = Usage.meter();
    private final UUID key = team.ordinaryKey().id();

    @BeforeEach
    void aPrice() {
        Usage.price(meter, "1");
        TestClock.moveTo(MORNING);
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    private String budget(String scope) {
        return Budgets.create(team, Map.of("scope", scope, "period", "daily", "hard_limit", "10", "thresholds",
                List.of(0.5, 0.8, 1)));
    }

    private void spend(UUID spender, Instant at, String amount) {
        Usage.send(team, List.of(Usage.event(spender, at, meter, amount)));
    }

    private List<String> fired() {
        return Database.query("SELECT to_char(starts_at AT TIME ZONE 'UTC', 'MM-DD') || ' ' || trim_scale(threshold) AS fired "
                + "FROM budget_firing WHERE team_id = ? ORDER BY starts_at, threshold", team.id())
                .stream().map(row -> (String) row.get("fired")).toList();
    }

    @Test
    void eachFiresWhenItIsReachedAndNotAgain() {
        // Given
        budget("project");
        // When
        spend(key, MORNING, "4.999");
        assertThat(fired()).isEmpty();
        spend(key, MORNING, "0.001");
        assertThat(fired()).containsExactly("03-01 0.5");
        spend(key, MORNING, "5");
        spend(key, MORNING, "5");
        // Then
        assertThat(fired()).containsExactly("03-01 0.5", "03-01 0.8", "03-01 1");
    }

    /** Seen to fail with the windows of late events not looked at. */
    @Test
    void eachWindowHasItsOwnAndLateUsageFiresThoseOfItsWindow() {
        // Given
        budget("project");
        spend(key, MORNING, "5");
        // When
        TestClock.moveTo(MORNING.plusSeconds(86_400));
        spend(key, MORNING.plusSeconds(86_400), "5");
        spend(key, MORNING, "3");
        // Then
        assertThat(fired()).containsExactly("03-01 0.5", "03-01 0.8", "03-02 0.5");
    }

    @Test
    void eachKeyHasItsOwn() {
        // Given
        budget("each_key");
        UUID other = team.ordinaryKey().id();
        // When
        spend(key, MORNING, "5");
        spend(other, MORNING, "4");
        // Then: the two together have no limit
        assertThat(fired()).containsExactly("03-01 0.5");
    }

    @Test
    void whatWasReachedBeforeTheBudgetWasMadeFiresAtOnce() {
        // Given
        spend(key, MORNING, "8");
        // When
        String path = budget("project");
        // Then
        assertThat(fired()).containsExactly("03-01 0.5", "03-01 0.8");
        as(team.managementKey()).body("{\"hard_limit\":\"100\"}").put(path).then().statusCode(200);
        spend(key, MORNING, "50");
        assertThat(fired()).containsExactly("03-01 0.5", "03-01 0.8");
    }

    @Test
    void oneThatManyReachAtOnceFiresOnce() {
        // Given
        budget("project");
        // When
        AtOnce.run(20, i -> {
            spend(key, MORNING, "5");
            return i;
        });
        // Then
        assertThat(fired()).containsExactly("03-01 0.5", "03-01 0.8", "03-01 1");
    }

    @Test
    void webhooksAreToldOfEach() {
        // Given: nobody is found by the receiver's name, so that what is written for it stays
        WebhookCalls.make(team, "https://hooks.invalid", WebhookType.BUDGET_THRESHOLD_REACHED);
        String budget = budget("each_key");
        // When
        spend(key, MORNING, "6");
        spend(key, MORNING, "7");
        // Then
        assertThat(Database.query("""
                SELECT body::jsonb -> 'data' ->> 'budget_id' AS budget, body::jsonb -> 'data' ->> 'key_id' AS key,
                       body::jsonb -> 'data' ->> 'threshold' AS threshold, body::jsonb -> 'data' ->> 'spent' AS spent
                FROM webhook_delivery WHERE team_id = ? ORDER BY threshold
                """, team.id())).containsExactly(
                Map.of("budget", budget.substring(budget.lastIndexOf('/') + 1), "key", key.toString(), "threshold", "0.5",
                        "spent", "6.000000"),
                Map.of("budget", budget.substring(budget.lastIndexOf('/') + 1), "key", key.toString(), "threshold", "0.8",
                        "spent", "13.000000"),
                Map.of("budget", budget.substring(budget.lastIndexOf('/') + 1), "key", key.toString(), "threshold", "1",
                        "spent", "13.000000"));
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }
}
