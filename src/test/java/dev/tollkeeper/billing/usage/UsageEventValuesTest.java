package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.send;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** One event's values: what is wrong with them is told, and the others go on. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageEventValuesTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final Map<String, Object> good = event(key.id(), Usage.meter(), "1");

    private record Fault(String field, Object value, String named) {
    }

    static List<Fault> faults() {
        return List.of(new Fault("id", null, "id"), new Fault("id", "", "id"), new Fault("id", "x".repeat(201), "id"),
                new Fault("id", "a\u0000b", "id"), new Fault("id", "a\ud800", "id"), new Fault("source", null, "source"),
                new Fault("source", "x".repeat(201), "source"), new Fault("occurred_at", null, "occurred_at"),
                new Fault("occurred_at", "yesterday", "occurred_at"), new Fault("occurred_at", "2026-11-01", "occurred_at"),
                new Fault("occurred_at", "2026-02-30T00:00:00Z", "occurred_at"),
                new Fault("occurred_at", "2026-11-01T00:00:00", "occurred_at"), new Fault("meter", null, "meter"),
                new Fault("meter", "Tokens", "meter"), new Fault("meter", "a".repeat(65), "meter"),
                new Fault("meter", "a\n", "meter"), new Fault("quantity", null, "quantity"),
                new Fault("quantity", "-1", "quantity"), new Fault("quantity", -1, "quantity"),
                new Fault("quantity", "1e20", "quantity"), new Fault("quantity", "1e-10", "quantity"),
                new Fault("quantity", "Infinity", "quantity"), new Fault("quantity", "", "quantity"),
                new Fault("quantity", new BigDecimal("1E+999"), "quantity"), new Fault("model", "", "model"),
                new Fault("model", "x".repeat(201), "model"), new Fault("metadata", List.of(1), "metadata"),
                new Fault("metadata", "text", "metadata"), new Fault("metadata", Map.of("a", "x".repeat(4096)), "metadata"),
                new Fault("metadata", Map.of("a", "b\u0000"), "metadata"),
                new Fault("metadata", Map.of("a", new BigDecimal("1E+200000")), "metadata"),
                new Fault("key_id", null, "key_id"),
                new Fault("key_name", "both", "key_id"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatCannotBeTakenIsRejectedAndTheOthersGoOn(Fault fault) {
        // Given
        Map<String, Object> bad = with(with(good, "id", "bad"), fault.field(), fault.value());
        // When
        var response = send(team.managementKey(), List.of(bad, good));
        // Then
        response.statusCode(200).body("rejected", equalTo(1)).body("accepted", equalTo(1))
                .body("results[0].status", equalTo("rejected")).body("results[0].code", equalTo("invalid_request"))
                .body("results[0].message", startsWith(fault.named() + ": ")).body("results[1].status", equalTo("accepted"));
        Books.audit(team.id());
    }

    @ParameterizedTest
    @CsvSource({"PT4M59S,accepted,", "PT5M10S,rejected,occurred_at_out_of_range", "P-34DT-23H,accepted,",
            "P-35DT-1S,rejected,occurred_at_out_of_range"})
    void onlyEventsOfAboutNowAreTaken(Duration fromNow, String status, String code) {
        // When
        var response = send(team.managementKey(), List.of(with(good, "occurred_at", Instant.now().plus(fromNow).toString())));
        // Then
        response.statusCode(200).body("results[0].status", equalTo(status));
        if (code != null) {
            response.body("results[0].code", equalTo(code)).body("results[0].message", notNullValue());
        }
    }

    @Test
    void theLargestValuesAreTaken() {
        // Given
        Map<String, Object> large = with(with(with(with(with(good, "id", "😀".repeat(200)), "source", "ä".repeat(200)), "model",
                "m".repeat(200)), "metadata", Map.of("a", "x".repeat(4096 - 8))), "quantity", "99999999999999999999.999999999");
        // When
        var response = send(team.managementKey(), List.of(large));
        // Then
        response.statusCode(200).body("accepted", equalTo(1));
        assertThat(Database.value("SELECT quantity FROM usage_event WHERE team_id = ?", team.id()))
                .isEqualTo(new BigDecimal("99999999999999999999.999999999"));
        Books.audit(team.id());
    }

    @Test
    void aRejectedEventUsesItsIdNotUp() {
        // Given
        Usage.record(team.managementKey(), with(good, "quantity", "-1")).body("rejected", equalTo(1));
        Usage.record(team.managementKey(), with(good, "occurred_at", "2020-01-01T00:00:00Z")).body("rejected", equalTo(1));
        Usage.record(team.managementKey(), with(good, "key_id", "nobody")).body("rejected", equalTo(1));
        // When
        var response = send(team.managementKey(), List.of(good));
        // Then
        response.body("accepted", equalTo(1));
    }
}
