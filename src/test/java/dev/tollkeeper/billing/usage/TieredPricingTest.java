package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.of;
import static dev.tollkeeper.testsupport.Usage.record;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Prices whose cost depends on what was used before in the month. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TieredPricingTest {
    private static final Map<String, Object> PACKAGE = Map.of("type", "package", "package", Map.of("size", "10", "price", "3"));
    private static final List<Map<String, Object>> TIERS = List.of(Map.of("up_to", "10", "unit_price", "2"),
            Map.of("up_to", "25", "unit_price", "1"), Map.of("unit_price", "0.5"));
    private static final Map<String, Object> GRADUATED = Map.of("type", "graduated", "tiers", TIERS);
    private static final Map<String, Object> VOLUME = Map.of("type", "volume", "tiers", TIERS);

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /** Invariant 8. Seen to fail with each event priced as if it were the month's first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"package | 4 4 4 20 | 3 0 3 6", "graduated | 4 4 4 20 | 8 8 6 16.5",
            "volume | 4 4 4 20 | 8 8 4 5"})
    void anEventCostsWhatItAddsToTheMonth(String type, String quantities, String costs) {
        // Given: 32 in all are four packages; or 10 at 2, 15 at 1 and 7 at 0.5; or never less than 25 at 1 cost
        price(terms(type));
        List<String> charged = new ArrayList<>();
        for (String quantity : quantities.split(" ")) {
            Map<String, Object> event = event(key.id(), meter, quantity);
            // When
            record(team.managementKey(), event);
            // Then
            charged.add(cost("event_id = ?", event.get("id")).stripTrailingZeros().toPlainString());
        }
        assertThat(charged).containsExactly(costs.split(" "));
        Books.audit(team.id());
    }

    @Test
    void eachMonthAndModelBeginsAnew() {
        // Given
        TestClock.moveTo(Instant.parse("2026-03-10T00:00:00Z"));
        price(PACKAGE);
        // When
        record(team.managementKey(), at("2026-02-28T23:59:59.999999Z", null), at("2026-03-01T00:00:00Z", null),
                at("2026-03-02T00:00:00Z", null), at("2026-03-02T00:00:00Z", "a"), at("2026-03-03T00:00:00Z", "b"));
        // Then: a package for each but the third
        assertThat(cost("true")).isEqualByComparingTo("12");
        Books.audit(team.id());
    }

    @Test
    void aLaterPriceBeginsAnewAndChangesNothingBefore() {
        // Given
        TestClock.moveTo(Instant.parse("2026-03-10T00:00:00Z"));
        price(PACKAGE);
        record(team.managementKey(), at("2026-03-01T00:00:00Z", null));
        Map<String, Object> later = new HashMap<>(GRADUATED);
        later.put("effective_from", "2026-03-05T00:00:00Z");
        price(later);
        // When
        record(team.managementKey(), at("2026-03-06T00:00:00Z", null), at("2026-03-04T00:00:00Z", null));
        // Then: a package of 10 for both before, 4 units at 2 after
        assertThat(cost("occurred_at < '2026-03-05'")).isEqualByComparingTo("3");
        assertThat(cost("occurred_at > '2026-03-05'")).isEqualByComparingTo("8");
        Books.audit(team.id());
    }

    private Map<String, Object> at(String time, String model) {
        return of(model, with(event(key.id(), meter, "4"), "occurred_at", time));
    }

    private static Map<String, Object> terms(String type) {
        return Map.of("package", PACKAGE, "graduated", GRADUATED, "volume", VOLUME).get(type);
    }

    private void price(Map<String, Object> terms) {
        Map<String, Object> price = new HashMap<>(
                Map.of("meter", meter, "currency", "EUR", "effective_from", "2020-01-01T00:00:00Z"));
        price.putAll(terms);
        Usage.price(price);
    }

    private BigDecimal cost(String which, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = team.id();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return (BigDecimal) Database.value("SELECT sum(cost) FROM usage_event WHERE team_id = ? AND " + which, all);
    }
}
