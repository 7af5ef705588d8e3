package dev.tollkeeper.testsupport;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.restassured.response.ValidatableResponse;

/** Reports usage, sets prices and gives credit, over HTTP. */
public final class Usage {
    private Usage() {
    }

    /** An event of now with an id of its own, to be changed as a test needs it. */
    public static Map<String, Object> event(UUID keyId, String meter, Object quantity) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "test");
        event.put("occurred_at", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        event.put("key_id", keyId.toString());
        event.put("meter", meter);
        event.put("quantity", quantity);
        return event;
    }

    /** A copy with one field changed; left out where the value is null. */
    public static Map<String, Object> with(Map<String, Object> event, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(event);
        changed.remove(field);
        if (value != null) {
            changed.put(field, value);
        }
        return changed;
    }

    /** Sends events, whatever the answer. */
    public static ValidatableResponse send(String credential, List<? extends Map<String, ?>> events) {
        return as(credential).body(Map.of("events", events)).post("/api/usage/events").then();
    }

    /** Sends events and insists on an answer for each. */
    @SafeVarargs
    public static ValidatableResponse record(String credential, Map<String, Object>... events) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<String, Object> event : events) {
            all.add(event);
        }
        return send(credential, all).statusCode(200);
    }

    /** A meter of the test's own. */
    public static String meter() {
        return "m" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A general price in euro from long ago on; answers its id. */
    public static UUID price(String meter, String unitPrice) {
        return price(Map.of("meter", meter, "type", "per_unit", "unit_price", unitPrice, "currency", "EUR", "effective_from",
                "2020-01-01T00:00:00Z"));
    }

    /** A price; answers its id. */
    public static UUID price(Map<String, ?> price) {
        return UUID.fromString(asOperator().body(price).post("/api/prices").then().statusCode(201).extract().path("id"));
    }

    /** Credit that the operator gives; answers its id. */
    public static UUID credit(UUID team, Map<String, ?> credit) {
        return UUID.fromString(asOperator().body(credit).post("/api/team-billing/" + team + "/credits").then().statusCode(201)
                .extract().path("id"));
    }

    /** What a team has left, as the API tells it. */
    public static BigDecimal balance(TestTeam team) {
        return new BigDecimal(as(team.managementKey()).get("/api/manage/users/balance").then().statusCode(200).extract()
                .<String>path("posted"));
    }

    /** A price of this team's own, per unit, from the beginning of 2020 on. */
    public static void price(TestTeam team, String meter, String model, String unitPrice) {
        String currency = (String) Database.value("SELECT currency FROM team WHERE id = ?", team.id());
        Map<String, Object> price = new HashMap<>(Map.of("meter", meter, "team_id", team.id(), "type", "per_unit", "unit_price",
                unitPrice, "currency", currency, "effective_from", "2020-01-01T00:00:00Z"));
        price.put("model", model);
        price(price);
    }

    /** An event of some time. */
    public static Map<String, Object> event(UUID keyId, Instant at, String meter, String quantity) {
        return with(event(keyId, meter, quantity), "occurred_at", at.toString());
    }

    /** The same event of a model. */
    public static Map<String, Object> of(String model, Map<String, Object> event) {
        return with(event, "model", model);
    }

    /** Reports events, all of which have to be new and good. */
    public static void send(TestTeam team, List<Map<String, Object>> events) {
        send(team.managementKey(), events).statusCode(200).body("accepted", equalTo(events.size()));
    }
}
