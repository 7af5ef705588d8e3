package dev.tollkeeper.billing;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Usage.credit;
import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** The guide {@code docs/guides/billing-example.md}, number by number. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BillingExampleTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    /** The meters as the guide names them, and as this test does: prices are the whole installation's. */
    private final Map<String, String> meters = Map.of("tokens", Usage.meter(), "images", Usage.meter());
    private final Map<String, BigDecimal> soFar = new HashMap<>();
    private String guide;

    @BeforeEach
    void setUp() throws Exception {
        guide = Files.readString(Path.of("docs/guides/billing-example.md"));
        TestClock.moveTo(Instant.parse("2026-03-25T12:00:00Z"));
        price("tokens", Map.of("type", "graduated", "tiers", List.of(Map.of("up_to", "1000000", "unit_price", "0.00001"),
                Map.of("up_to", "5000000", "unit_price", "0.000008"), Map.of("unit_price", "0.000005"))));
        price("images", Map.of("type", "package", "package", Map.of("size", "100", "price", "2.50")));
        credit(team.id(),
                Map.of("amount", "20", "reason", "to try it out", "priority", 1, "expires_at", "2026-04-01T00:00:00Z"));
        credit(team.id(), Map.of("amount", "50", "reason", "top-up", "priority", 2));
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    @Test
    void theGuideTellsWhatIsAnswered() {
        // Given
        String budget = asUser(team.adminEmail()).body(Map.of("scope", "project", "period", "monthly", "timezone", "UTC",
                "hard_limit", "60", "thresholds", List.of(0.5, 0.9))).post("/api/budgets").then().statusCode(201).extract()
                .path("id");
        // When
        assertIsInTheGuide(use("2026-03-02", "tokens", "800000"));
        assertIsInTheGuide(use("2026-03-05", "tokens", "700000"));
        assertIsInTheGuide(use("2026-03-09", "images", "120"));
        assertIsInTheGuide(use("2026-03-10", "images", "60"));
        assertIsInTheGuide(use("2026-03-20", "tokens", "4000000"));
        // Then
        assertThat(remaining()).isEqualTo(List.of("0.00", "20.50"));
        assertThat(spent(budget)).isEqualTo("49.50");
        assertThat(fired()).isEqualTo(List.of("0.5"));
        assertThat(verdict()).isEqualTo("valid");
        // When
        assertThat(use("2026-03-21", "images", "421")).startsWith("| 2026-03-21 | images | 421 | 601 | 12.50 | ")
                .endsWith(" | 8.00 |");
        // Then
        assertThat(spent(budget)).isEqualTo("62.00");
        assertThat(verdict()).isEqualTo("budget_exhausted");
        JsonPath invoice = as(team.managementKey()).get("/api/team-billing/" + team.id() + "/invoices/preview?month=2026-03")
                .then()
                .statusCode(200).extract().jsonPath();
        for (String meter : meters.keySet()) {
            String line = "lines.find { it.meter == '" + meters.get(meter) + "' }";
            assertThat(guide).contains("| " + meter + " | " + invoice.getString(line + ".quantity") + " | "
                    + invoice.getString(line + ".amount") + " | ");
        }
        assertThat(invoice.getList("lines")).hasSize(2);
        assertThat(guide).contains("| **total** | | " + invoice.getString("total") + " | ");
        Books.audit(team.id());
    }

    /** Reports usage; answers its row of the guide's table, without the column that explains. */
    private String use(String day, String meter, String quantity) {
        Map<String, Object> event = with(event(key.id(), meters.get(meter), quantity), "occurred_at", day + "T12:00:00Z");
        Usage.record(team.managementKey(), event);
        BigDecimal cost = (BigDecimal) Database.value("SELECT cost FROM usage_event WHERE team_id = ? AND event_id = ?",
                team.id(),
                event.get("id"));
        BigDecimal all = soFar.merge(meter, new BigDecimal(quantity), BigDecimal::add);
        return "| " + day + " | " + meter + " | " + quantity + " | " + all.toPlainString() + " | " + euro(cost) + " | … | "
                + euro(Usage.balance(team)) + " |";
    }

    private void assertIsInTheGuide(String row) {
        String[] parts = row.split("…");
        assertThat(guide.lines()).as(row).anyMatch(line -> line.startsWith(parts[0]) && line.endsWith(parts[1]));
    }

    private List<String> remaining() {
        return Database.query("SELECT remaining FROM credit_grant WHERE team_id = ? ORDER BY priority", team.id()).stream()
                .map(row -> euro((BigDecimal) row.get("remaining"))).toList();
    }

    private String spent(String budget) {
        return euro(new BigDecimal(asUser(team.adminEmail()).get("/api/budgets/" + budget).then().statusCode(200).extract()
                .<String>path("spent")));
    }

    private List<String> fired() {
        return Database.query("SELECT trim_scale(threshold)::text AS fired FROM budget_firing WHERE team_id = ?", team.id())
                .stream()
                .map(row -> (String) row.get("fired")).toList();
    }

    private String verdict() {
        return as(team.managementKey()).body(Map.of("key", key.secret())).post("/api/keys/verify").path("code");
    }

    private void price(String meter, Map<String, Object> terms) {
        Map<String, Object> price = new HashMap<>(terms);
        price.putAll(Map.of("meter", meters.get(meter), "currency", "EUR", "effective_from", "2026-01-01T00:00:00Z"));
        Usage.price(price);
    }

    private static String euro(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }
}
