package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Usage.credit;
import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.record;
import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The event {@code balance.low}, with 5 called low. The receiver's name is never found: what is written for it matters. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class LowBalanceTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void forget() {
        TestClock.reset();
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    @Test
    void theDebitThatTakesTheBalanceToTheThresholdIsToldAndTheNextIsNot() {
        // Given
        make(team, "https://hooks.invalid", WebhookType.BALANCE_LOW);
        String meter = Usage.meter();
        Usage.price(meter, "1");
        credit(team.id(), Map.of("amount", "10"));
        spend(meter, "4.999999999");
        assertThat(told()).isEmpty();
        // When
        spend(meter, "0.000000001");
        spend(meter, "1");
        // Then
        assertThat(told()).containsExactly(Map.of("balance", "5.000000", "threshold", "5.000000", "currency", "EUR"));
        credit(team.id(), Map.of("amount", "10"));
        spend(meter, "20");
        assertThat(told()).hasSize(2).last()
                .isEqualTo(Map.of("balance", "-6.000000", "threshold", "5.000000", "currency", "EUR"));
    }

    /** Seen to fail with LowBalance not asked in Ledger.expireEach. */
    @Test
    void theExpiryThatTakesTheBalanceToTheThresholdIsToldAndWhatComesAfterIsNot() {
        // Given
        make(team, "https://hooks.invalid", WebhookType.BALANCE_LOW);
        String meter = Usage.meter();
        Usage.price(meter, "1");
        for (int minutes = 1; minutes <= 3; minutes++) {
            credit(team.id(), Map.of("amount", "4", "expires_at",
                    TestClock.now().plus(Duration.ofMinutes(minutes)).toString()));
        }
        // When
        TestClock.advance(Duration.ofMinutes(4));
        // Then: from 12 to 8, 4 and 0
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        spend(meter, "1");
        assertThat(told()).containsExactly(Map.of("balance", "4.000000", "threshold", "5.000000", "currency", "EUR"));
    }

    /** Seen to fail with LowBalance not asked in Ledger.takeBack. */
    @Test
    void creditThatIsTakenBackIsToldToo() {
        // Given
        make(team, "https://hooks.invalid", WebhookType.BALANCE_LOW);
        credit(team.id(), Map.of("amount", "2"));
        UUID grant = credit(team.id(), Map.of("amount", "10"));
        // When
        asOperator().delete("/api/team-billing/" + team.id() + "/credits/" + grant).then().statusCode(204);
        // Then
        assertThat(told()).containsExactly(Map.of("balance", "2.000000", "threshold", "5.000000", "currency", "EUR"));
    }

    private void spend(String meter, String quantity) {
        record(team.managementKey(), event(team.ordinaryKey().id(), meter, quantity));
    }

    private List<Map<String, Object>> told() {
        return Database.query("""
                SELECT body::jsonb -> 'data' ->> 'balance' AS balance, body::jsonb -> 'data' ->> 'threshold' AS threshold,
                       body::jsonb -> 'data' ->> 'currency' AS currency
                FROM webhook_delivery WHERE team_id = ? ORDER BY created_at
                """, team.id());
    }
}
