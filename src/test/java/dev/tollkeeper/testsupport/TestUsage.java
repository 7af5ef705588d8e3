package dev.tollkeeper.testsupport;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.http.Ids;

/** Prices and usage of a test's team, by the calls that everybody uses. */
public final class TestUsage {
    private TestUsage() {
    }

    /** A price of this team's own, per unit, from the beginning of 2020 on. */
    public static void price(TestTeam team, String meter, String model, String unitPrice) {
        String currency = (String) Database.value("SELECT currency FROM team WHERE id = ?", team.id());
        Map<String, Object> price = new HashMap<>(Map.of("meter", meter, "team_id", team.id(), "type", "per_unit", "unit_price",
                unitPrice, "currency", currency, "effective_from", "2020-01-01T00:00:00Z"));
        price.put("model", model);
        asOperator().body(price).post("/api/prices").then().statusCode(201);
    }

    /** An event with an id of its own. */
    public static Map<String, Object> event(UUID keyId, Instant at, String meter, String quantity) {
        return new HashMap<>(
                Map.of("id", Ids.next().toString(), "source", "test", "occurred_at", at.toString(), "key_id", keyId,
                        "meter", meter, "quantity", quantity));
    }

    /** The same event of a model. */
    public static Map<String, Object> of(String model, Map<String, Object> event) {
        event.put("model", model);
        return event;
    }

    /** Reports events, all of which have to be new and good. */
    public static void send(TestTeam team, List<Map<String, Object>> events) {
        as(team.managementKey()).body(Map.of("events", events)).post("/api/usage/events").then().statusCode(200)
                .body("accepted", equalTo(events.size()));
    }
}
