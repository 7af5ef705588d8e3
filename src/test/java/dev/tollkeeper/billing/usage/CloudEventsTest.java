package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Usage as a batch of CloudEvents 1.0. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CloudEventsTest {
    private static final String BATCH = "application/cloudevents-batch+json";
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();

    @Test
    void aBatchIsTaken() {
        // Given
        Map<String, Object> plain = cloudEvent(Map.of("key_id", key.id().toString(), "quantity", "1.5"));
        Map<String, Object> full = cloudEvent(Map.of("key_name", name(), "meter", meter + ".out", "quantity", 2, "model", "m",
                "metadata", Map.of("a", 1)));
        full.put("subject", "someone");
        full.put("datacontenttype", "application/json");
        full.put("dataschema", "https://example.com/schema");
        full.put("traceparent", "00-x");
        // When
        var response = send(Arrays.asList(plain, full));
        // Then
        response.statusCode(200).body("accepted", equalTo(2)).body("results[1].id", equalTo(full.get("id")));
        assertThat(Database.query("SELECT meter, trim_scale(quantity) AS quantity, model FROM usage_event WHERE team_id = ? "
                + "ORDER BY quantity", team.id())).extracting(Map::values).map(ArrayList::new)
                .containsExactly(new ArrayList<>(Arrays.asList(meter, new BigDecimal("1.5"), null)),
                        new ArrayList<>(Arrays.asList(meter + ".out", new BigDecimal("2"), "m")));
        Books.audit(team.id());
    }

    @Test
    void anEventIsTheSameInBothForms() {
        // Given
        Map<String, Object> event = event(key.id(), meter, "1");
        Map<String, Object> cloudEvent = cloudEvent(Map.of("key_id", key.id().toString(), "quantity", 1));
        cloudEvent.put("id", event.get("id"));
        cloudEvent.put("source", event.get("source"));
        cloudEvent.put("time", event.get("occurred_at"));
        Usage.record(team.managementKey(), event);
        // When
        var response = send(List.of(cloudEvent));
        // Then
        response.statusCode(200).body("duplicates", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({"specversion,0.3,specversion", "specversion,,specversion", "time,,occurred_at", "type,,meter",
            "type,Not A Meter,meter", "id,,id", "source,,source", "data,,key_id"})
    void whatCannotBeTakenIsRejectedAndTheOthersGoOn(String attribute, String value, String named) {
        // Given
        Map<String, Object> bad = cloudEvent(Map.of("key_id", key.id().toString(), "quantity", "1"));
        bad.remove(attribute);
        if (value != null) {
            bad.put(attribute, value);
        }
        // When
        var response = send(List.of(bad, cloudEvent(Map.of("key_id", key.id().toString(), "quantity", "1"))));
        // Then
        response.statusCode(200).body("rejected", equalTo(1)).body("accepted", equalTo(1))
                .body("results[0].code", equalTo("invalid_request")).body("results[0].message", startsWith(named + ": "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[", "[1]", "[null]", "[]", "", "[{\"data\":{\"colour\":\"red\"}}]", "[{\"id\":1}]",
            "[{\"data\":[]}]"})
    void aBatchThatCannotBeReadStoresNothing(String body) {
        problem(sendText(body), 400, "invalid_request");
        assertThat(Books.rollUp(team.id())).isEmpty();
    }

    @Test
    void aBatchHasAtMostAThousandEvents() {
        problem(send(Collections.nCopies(1001, cloudEvent(Map.of()))), 400, "invalid_request");
    }

    private ValidatableResponse send(List<Map<String, Object>> batch) {
        return request().body(batch).post("/api/usage/events").then();
    }

    private ValidatableResponse sendText(String body) {
        return request().body(body).post("/api/usage/events").then();
    }

    private io.restassured.specification.RequestSpecification request() {
        var asJson = EncoderConfig.encoderConfig().encodeContentTypeAs(BATCH, ContentType.JSON);
        return as(team.managementKey()).config(RestAssuredConfig.config().encoderConfig(asJson)).contentType(BATCH);
    }

    private String name() {
        return (String) Database.value("SELECT name FROM api_key WHERE id = ?", key.id());
    }

    private Map<String, Object> cloudEvent(Map<String, ?> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", java.util.UUID.randomUUID().toString());
        event.put("source", "/gateways/1");
        event.put("type", meter);
        event.put("time", Instant.now().toString());
        event.put("data", data);
        return event;
    }
}
