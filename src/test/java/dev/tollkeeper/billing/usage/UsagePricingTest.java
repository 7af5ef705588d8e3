package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.record;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 9: the price in force at the event's time prices it, and a later price changes no earlier cost. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsagePricingTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();
    private final Instant now = Instant.now();

    /** Seen to fail with events priced at the time they came in. */
    @Test
    void anEventCostsWhatItCostWhenItHappened() {
        // Given
        price("1", Map.of("effective_from", ago(10)));
        price("2", Map.of("effective_from", ago(5)));
        price("4", Map.of("effective_from", ago(-1)));
        // When
        use("a", ago(11));
        use("b", ago(10));
        use("c", ago(6));
        use("d", ago(5));
        use("e", ago(0));
        // Then
        assertThat(costs()).isEqualTo(Map.of("a", "0", "b", "1", "c", "1", "d", "2", "e", "2"));
        Books.audit(team.id());
    }

    /** Seen to fail with the balance taken anew from today's prices. */
    @Test
    void aLaterPriceChangesNoEarlierCost() {
        // Given
        price("1", Map.of("effective_from", ago(10)));
        use("before", ago(2));
        var ledger = Database.query("SELECT * FROM ledger_entry WHERE team_id = ? ORDER BY seq", team.id());
        var events = Database.query("SELECT * FROM usage_event WHERE team_id = ?", team.id());
        // When
        price("100", Map.of("effective_from", ago(3)));
        // Then
        assertThat(Database.query("SELECT * FROM ledger_entry WHERE team_id = ? ORDER BY seq", team.id())).isEqualTo(ledger);
        assertThat(Database.query("SELECT * FROM usage_event WHERE team_id = ?", team.id())).isEqualTo(events);
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        use("after", ago(2));
        assertThat(costs()).isEqualTo(Map.of("before", "1", "after", "100"));
        Books.audit(team.id());
    }

    @Test
    void theMostSpecificPriceCounts() {
        // Given
        TestTeam other = TestTeam.create();
        price("1", Map.of("effective_from", ago(1)));
        use("any", ago(0));
        price("2", Map.of("effective_from", ago(20), "model", "m"));
        use("model", ago(0));
        price("3", Map.of("effective_from", ago(20), "team_id", team.id()));
        use("team", ago(0));
        price("4", Map.of("effective_from", ago(20), "team_id", team.id(), "model", "m"));
        use("both", ago(0));
        price("9", Map.of("effective_from", ago(0), "team_id", other.id(), "model", "m"));
        price("8", Map.of("effective_from", ago(0), "model", "n"));
        price("7", Map.of("effective_from", ago(0), "currency", "USD", "team_id", team.id(), "model", "m"));
        use("others", ago(0));
        // Then
        assertThat(costs()).isEqualTo(Map.of("any", "1", "model", "2", "team", "3", "both", "4", "others", "4"));
        Books.audit(team.id());
    }

    @Test
    void aTeamIsChargedInItsCurrency() {
        // Given
        price("1", Map.of("effective_from", ago(1)));
        UUID dollars = price("2", Map.of("effective_from", ago(1), "currency", "USD"));
        TestTeam american = TestTeam.create("USD");
        // When
        record(american.managementKey(), event(american.ordinaryKey().id(), meter, "3"));
        // Then
        assertThat(Database.value("SELECT price_id FROM usage_event WHERE team_id = ?", american.id())).isEqualTo(dollars);
        assertThat(Usage.balance(american)).isEqualByComparingTo("-6");
        assertThat(Database.query("SELECT DISTINCT currency FROM ledger_entry WHERE team_id = ?", american.id()))
                .isEqualTo(List.of(Map.of("currency", "USD")));
        Books.audit(american.id());
    }

    @Test
    void aPriceOfNothingIsAPrice() {
        // Given
        price("0", Map.of("effective_from", ago(1)));
        // When
        record(team.managementKey(), event(key.id(), meter, "3")).body("results[0].code", equalTo(null));
        // Then
        assertThat(Database.query("SELECT 1 FROM ledger_transaction WHERE team_id = ?", team.id())).isEmpty();
        Books.audit(team.id());
    }

    private UUID price(String unitPrice, Map<String, ?> terms) {
        Map<String, Object> price = new HashMap<>(
                Map.of("meter", meter, "type", "per_unit", "unit_price", unitPrice, "currency",
                        "EUR"));
        price.putAll(terms);
        return Usage.price(price);
    }

    private void use(String id, String at) {
        record(team.managementKey(), with(with(with(event(key.id(), meter, "1"), "id", id), "occurred_at", at), "model", "m"))
                .body("accepted", equalTo(1));
    }

    private String ago(int hours) {
        return now.minus(Duration.ofHours(hours)).toString();
    }

    private Map<String, String> costs() {
        Map<String, String> costs = new HashMap<>();
        Database.query("SELECT event_id, cost FROM usage_event WHERE team_id = ?", team.id())
                .forEach(row -> costs.put((String) row.get("event_id"),
                        ((BigDecimal) row.get("cost")).stripTrailingZeros().toPlainString()));
        return costs;
    }
}
