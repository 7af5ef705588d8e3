package dev.tollkeeper.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.ChaoticSender;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.PriceTerms;
import dev.tollkeeper.testsupport.RandomDecimals;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariants 4 and 8 on the database: every model has a random price of its own, so that each is a case. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TieredPricingProperties {
    private static final long SEED = 20_260_310;
    private static final int CASES = 400;
    private static final int EVENTS_OF_A_CASE = 8;
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final TestTeam team = TestTeam.create();
    private final UUID key = team.ordinaryKey().id();
    private final String meter = Usage.meter();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /** Seen to fail with what a request adds not kept for the next. */
    @Test
    void whateverTheOrderTheRepetitionsAndTheBatchesAMonthCostsWhatItsQuantityDoes() {
        // Given
        TestClock.moveTo(NOW);
        Map<String, PriceTerms> terms = new HashMap<>();
        for (int number = 0; number < CASES; number++) {
            terms.put("model " + number, PriceTerms.random(random));
        }
        Map<String, BigDecimal> quantities = new HashMap<>();
        List<Map<String, Object>> events = new ArrayList<>();
        for (String model : terms.keySet().stream().sorted().toList()) {
            for (int event = 0; event < EVENTS_OF_A_CASE; event++) {
                BigDecimal quantity = RandomDecimals.notNegative(random, 3, 9);
                quantities.merge(model, quantity, BigDecimal::add);
                events.add(Usage.of(model, Usage.event(key, NOW, meter, quantity.toPlainString())));
            }
        }
        AtOnce.each(List.copyOf(terms.keySet()), model -> price(model, terms.get(model)));
        // When
        int accepted = ChaoticSender.send(new Random(SEED), team.managementKey(), events, 900);
        // Then
        assertThat(accepted).isEqualTo(events.size());
        Map<String, BigDecimal> costs = costs();
        terms.forEach((model, price) -> assertThat(costs.get(model)).as("%s of %s", quantities.get(model), price)
                .isEqualByComparingTo(price.cost(quantities.get(model))));
        Books.audit(team.id());
    }

    private void price(String model, PriceTerms terms) {
        Map<String, Object> price = new HashMap<>(terms.json());
        price.putAll(Map.of("meter", meter, "model", model, "currency", "EUR", "effective_from", "2020-01-01T00:00:00Z"));
        Usage.price(price);
    }

    private Map<String, BigDecimal> costs() {
        Map<String, BigDecimal> costs = new HashMap<>();
        Database.query("SELECT model, sum(cost) AS cost FROM usage_event WHERE team_id = ? GROUP BY model", team.id())
                .forEach(row -> costs.put((String) row.get("model"), (BigDecimal) row.get("cost")));
        return costs;
    }
}
