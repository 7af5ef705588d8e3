package dev.tollkeeper.billing.history;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Json;
import dev.tollkeeper.testsupport.TestTeam;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Holds what the API and the database tell of a team against the model of it, when its history is over. */
final class HistoryAudit {
    private final TestTeam team;
    private final TeamModel model;
    private final Instant from;
    private final Instant until;

    /** @param from before the first event, as {@code until} is after the last */
    HistoryAudit(TeamHistory history, Instant from, Instant until) {
        this.team = history.team;
        this.model = history.model;
        this.from = from;
        this.until = until;
    }

    void insist() {
        assertLedger();
        assertCredits();
        assertEvents();
        assertSummary();
        for (YearMonth month : model.charged().values().stream().map(TeamModel.Charged::month).distinct().toList()) {
            assertInvoice(month);
        }
        Books.audit(team.id());
    }

    /** Invariants 1, 2 and 5: every entry, and the balance after each. */
    private void assertLedger() {
        List<TeamModel.Entry> told = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = Json.of(list("ledger", cursor));
            page.path("entries").forEach(entry -> told.add(new TeamModel.Entry(entry.path("kind").asText(),
                    text(entry.path("amount")), text(entry.path("balance_after")))));
            assertThat(csv("ledger", cursor)).isEqualTo(rows(page.path("entries"), HistoryAudit::ledgerLine));
            cursor = page.hasNonNull("next_cursor") ? page.path("next_cursor").asText() : null;
        } while (cursor != null);
        Collections.reverse(told);
        assertThat(told).isEqualTo(model.entries());
    }

    private ValidatableResponse list(String what, String cursor) {
        return page("application/json", what, cursor);
    }

    private List<String> csv(String what, String cursor) {
        return page("text/csv", what, cursor).extract().asString().lines().skip(1).toList();
    }

    private ValidatableResponse page(String type, String what, String cursor) {
        RequestSpecification request = as(team.managementKey()).accept(type).queryParam("limit", 200);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/api/team-billing/" + team.id() + '/' + what).then().statusCode(200);
    }

    private static List<String> rows(JsonNode rows, Function<JsonNode, String> line) {
        return StreamSupport.stream(rows.spliterator(), false).map(line).toList();
    }

    private static String ledgerLine(JsonNode entry) {
        JsonNode reference = entry.path("reference");
        return String.join(",", entry.path("id").asText(), entry.path("at").asText(), entry.path("kind").asText(),
                entry.path("amount").asText(), entry.path("balance_after").asText(), entry.path("currency").asText(),
                reference.path("type").asText(), reference.path("id").asText(), "", "");
    }

    /** Invariant 7. */
    private void assertCredits() {
        Map<UUID, List<String>> told = new HashMap<>();
        Json.of(list("credits", null)).path("credits").forEach(credit -> told.put(
                UUID.fromString(credit.path("id").asText()), List.of(text(credit.path("amount")),
                        text(credit.path("consumed")), text(credit.path("expired")), text(credit.path("remaining")))));
        Map<UUID, List<String>> expected = new HashMap<>();
        model.grants().forEach((id, grant) -> expected.put(id, List.of(TeamModel.text(grant.amount),
                TeamModel.text(grant.consumed()), TeamModel.text(grant.expired), TeamModel.text(grant.remaining))));
        assertThat(told).isEqualTo(expected);
    }

    /** Invariants 3, 9 and 11: which events counted, at which price, and what each cost. */
    private void assertEvents() {
        Map<String, List<Object>> stored = new HashMap<>();
        Database.query("SELECT source, event_id, meter, price_id, quantity, cost FROM usage_event WHERE team_id = ?", team.id())
                .forEach(row -> stored.put(row.get("source") + "/" + row.get("event_id"), event((String) row.get("meter"),
                        (UUID) row.get("price_id"), (BigDecimal) row.get("quantity"), (BigDecimal) row.get("cost"))));
        Map<String, List<Object>> expected = new HashMap<>();
        model.charged().forEach((name, event) -> expected.put(name, event(event.meter(), event.price(), event.quantity(),
                event.cost())));
        assertThat(stored).isEqualTo(expected);
    }

    private static List<Object> event(String meter, UUID price, BigDecimal quantity, BigDecimal cost) {
        String charged = meter.equals(TeamModel.RESERVATION) ? "the service's own" : String.valueOf(price);
        return List.of(meter, charged, TeamModel.text(quantity), TeamModel.text(cost));
    }

    private void assertSummary() {
        JsonNode summary = Json.of(as(team.managementKey())
                .get("/api/team-billing/summary/" + team.id() + '/' + from + '/' + until).then().statusCode(200));
        Map<String, String> told = new HashMap<>();
        summary.path("by_meter").forEach(row -> told.put(row.path("meter").asText(), text(row.path("cost"))));
        Map<String, String> expected = new HashMap<>();
        costs(TeamModel.Charged::meter).forEach((meter, cost) -> expected.put(meter, TeamModel.text(cost)));
        assertThat(told).isEqualTo(expected);
        assertThat(text(summary.path("total_cost"))).isEqualTo(TeamModel.text(model.charged().values().stream()
                .map(TeamModel.Charged::cost).reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    /** Invariant 8: the lines sum to the total, which is what the month's events cost, rounded once. */
    private void assertInvoice(YearMonth month) {
        String path = "/api/team-billing/" + team.id() + "/invoices/preview?month=" + month;
        JsonNode invoice = Json.of(as(team.managementKey()).get(path).then().statusCode(200));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : invoice.path("lines")) {
            sum = sum.add(new BigDecimal(line.path("amount").asText()));
        }
        BigDecimal total = new BigDecimal(invoice.path("total").asText());
        assertThat(sum).isEqualByComparingTo(total);
        assertThat(total).isEqualTo(costs(TeamModel.Charged::month).get(month).setScale(2, RoundingMode.HALF_EVEN));
        assertThat(as(team.managementKey()).accept("text/csv").get(path).then().statusCode(200).extract().asString().lines()
                .skip(1).toList()).isEqualTo(rows(invoice.path("lines"), HistoryAudit::invoiceLine));
    }

    private static String invoiceLine(JsonNode line) {
        return String.join(",", line.path("meter").asText(), line.hasNonNull("model") ? line.path("model").asText() : "",
                line.path("quantity").asText(), line.path("amount").asText(), "EUR", "");
    }

    private <T> Map<T, BigDecimal> costs(Function<TeamModel.Charged, T> by) {
        return model.charged().values().stream().collect(Collectors.groupingBy(by,
                Collectors.reducing(BigDecimal.ZERO, TeamModel.Charged::cost, BigDecimal::add)));
    }

    private static String text(JsonNode decimal) {
        return TeamModel.text(new BigDecimal(decimal.asText()));
    }
}
