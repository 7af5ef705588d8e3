package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Json;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.PriceTerms;
import dev.tollkeeper.testsupport.RandomDecimals;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Invariant 12: an amount survives JSON, Java, PostgreSQL and JSON unchanged, whether it was sent as text or as a number. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ExactAmountsTest {
    private static final int CASES = 50;
    private static final long SEED = 20_251_031;

    private final TestTeam team = TestTeam.create();
    private final UUID key = team.ordinaryKey().id();
    private BigDecimal balance = BigDecimal.ZERO;

    /** Seen to fail with the text made a double and back in DecimalText.Reader. */
    @Test
    void quantitiesPricesAndCostsSurvive() {
        Cases.forAll(CASES, random -> {
            // Given
            String meter = Usage.meter();
            BigDecimal quantity = atTheBounds(random, 20, 9);
            BigDecimal unitPrice = atTheBounds(random, 12, 12);
            String price = asOperator().body("{\"meter\":\"" + meter + "\",\"type\":\"per_unit\",\"unit_price\":"
                    + written(random, unitPrice) + ",\"currency\":\"EUR\",\"effective_from\":\"2020-01-01T00:00:00Z\"}")
                    .post("/api/prices").then().statusCode(201).extract().path("unit_price");
            // When
            as(team.managementKey())
                    .body("{\"events\":[{\"id\":\"" + meter + "\",\"source\":\"s\",\"occurred_at\":\"" + Instant.now()
                            + "\",\"key_id\":\"" + key + "\",\"meter\":\"" + meter + "\",\"quantity\":"
                            + written(random, quantity) + "}]}")
                    .post("/api/usage/events").then().statusCode(200);
            // Then
            assertThat(price).isEqualTo(Decimals.quantity(unitPrice));
            assertThat((BigDecimal) Database.value("SELECT quantity FROM usage_event WHERE event_id = ?", meter))
                    .isEqualByComparingTo(quantity);
            balance = balance.subtract(quantity.multiply(unitPrice));
            assertThat(Usage.balance(team)).isEqualByComparingTo(balance);
        });
        Books.audit(team.id());
    }

    /** Seen to fail as above, and with current_balance as a double. */
    @Test
    void creditSurvives() {
        Cases.forAll(CASES, random -> {
            // Given
            BigDecimal amount = atTheBounds(random, 20, 9).add(new BigDecimal("0.000000001")).min(new BigDecimal(
                    "99999999999999999999.999999999"));
            // When
            var credit = asOperator().body("{\"amount\":" + written(random, amount) + "}")
                    .post("/api/team-billing/" + team.id() + "/credits").then().statusCode(201).extract();
            // Then
            String text = Decimals.money(amount);
            assertThat(credit.<String>path("amount")).isEqualTo(text);
            assertThat(credit.<String>path("remaining")).isEqualTo(text);
            balance = balance.add(amount);
            String answer = as(team.managementKey()).get("/api/manage/users/balance").asString();
            assertThat(answer).contains("\"current_balance\":" + Decimals.quantity(balance) + ",")
                    .contains("\"posted\":\"" + Decimals.money(balance) + "\"");
            assertThat(as(team.managementKey()).get("/api/team-billing/" + team.id() + "/ledger").then().extract()
                    .<String>path("entries[0].amount")).isEqualTo(text);
        });
    }

    /** Each event is a model's only one, so that reports show its very quantity and cost. Seen to fail as above. */
    @Test
    void thousandsOfQuantitiesAndCostsAreReportedAsTheyAre() {
        var random = new SplittableRandom(SEED);
        Map<String, List<String>> expected = new HashMap<>();
        for (String unitPrice : List.of("999999999999.999999999999", "0.000000000001", "0.1", "37.000000700013")) {
            // Given
            String meter = Usage.meter();
            Usage.price(meter, unitPrice);
            List<String> events = new ArrayList<>();
            for (int number = 0; number < 1000; number++) {
                String model = meter + '-' + number;
                BigDecimal quantity = atTheBounds(random, 20, 9);
                expected.put(model, List.of(plain(quantity), money(quantity.multiply(new BigDecimal(unitPrice)))));
                events.add("{\"id\":\"" + model + "\",\"source\":\"s\",\"occurred_at\":\"" + Instant.now() + "\",\"key_id\":\""
                        + key + "\",\"meter\":\"" + meter + "\",\"model\":\"" + model + "\",\"quantity\":"
                        + written(random, quantity) + '}');
            }
            // When
            assertThat(Json.of(as(team.managementKey()).body("{\"events\":" + events + '}').post("/api/usage/events").then()
                    .statusCode(200)).path("accepted").asInt()).isEqualTo(1000);
        }
        // Then
        Map<String, List<String>> json = new HashMap<>();
        Json.of(report("application/json")).path("rows").forEach(row -> json.put(row.path("group").asText(),
                List.of(row.path("quantity").asText(), row.path("cost").asText())));
        assertThat(json).isEqualTo(expected);
        Map<String, List<String>> csv = new HashMap<>();
        report("text/csv").extract().asString().lines().skip(1).map(line -> line.split(",", -1))
                .forEach(cells -> csv.put(cells[2], List.of(cells[4], cells[6])));
        assertThat(csv).isEqualTo(expected);
    }

    private ValidatableResponse report(String accepted) {
        Instant now = Instant.now();
        return as(team.managementKey()).accept(accepted).queryParams(Map.of("group_by", "model", "bucket", "1Y", "from",
                now.minusSeconds(3600).toString(), "until", now.plusSeconds(60).toString())).get("/api/usage").then()
                .statusCode(200);
    }

    /** Seen to fail as {@link #creditSurvives}. */
    @Test
    void hundredsOfAmountsOfCreditAreBookedAsTheyAre() {
        // Given
        var random = new SplittableRandom(SEED);
        List<BigDecimal> amounts = Stream.generate(() -> credit(random)).limit(500).toList();
        List<String> written = amounts.stream().map(amount -> written(random, amount)).toList();
        // When
        AtOnce.each(written, amount -> asOperator().body("{\"amount\":" + amount + '}')
                .post("/api/team-billing/" + team.id() + "/credits").then().statusCode(201));
        // Then
        List<String> expected = amounts.stream().map(ExactAmountsTest::money).sorted().toList();
        assertThat(everyAmount("credits", "credits")).isEqualTo(expected);
        assertThat(everyAmount("ledger", "entries")).isEqualTo(expected);
        BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(as(team.managementKey()).get("/api/manage/users/balance").asString())
                .contains("\"current_balance\":" + plain(sum) + ",");
    }

    private List<String> everyAmount(String what, String list) {
        return every("/api/team-billing/" + team.id() + '/' + what, list).map(row -> row.path("amount").asText()).sorted()
                .toList();
    }

    /** The rows of all pages. */
    private Stream<JsonNode> every(String path, String list) {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = Json.of(as(team.managementKey()).get(path + "?limit=200" + cursor).then().statusCode(200));
            page.path(list).forEach(rows::add);
            cursor = page.hasNonNull("next_cursor") ? "&cursor=" + page.path("next_cursor").asText() : null;
        }
        return rows.stream();
    }

    /** Seen to fail with the text made a double and back in DecimalText.Reader. */
    @Test
    void whatIsReservedAndSettledSurvives() {
        // Given
        var random = new SplittableRandom(SEED);
        List<BigDecimal> amounts = Stream.generate(() -> credit(random)).limit(250).toList();
        // When
        AtOnce.each(amounts, amount -> {
            JsonNode made = Json.of(as(team.managementKey()).body(Map.of("key_id", key, "amount", amount))
                    .post("/api/usage/reservations").then().statusCode(201));
            // Then
            assertThat(made.path("amount").asText()).isEqualTo(money(amount));
            JsonNode settled = Json.of(as(team.managementKey()).body(Map.of("amount", amount.toPlainString()))
                    .post("/api/usage/reservations/" + made.path("id").asText() + "/settle").then().statusCode(200));
            assertThat(settled.path("settled_amount").asText()).isEqualTo(money(amount));
        });
        assertThat(Usage.balance(team))
                .isEqualByComparingTo(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).negate());
        Books.audit(team.id());
    }

    /** Seen to fail with the text made a double and back in DecimalText.Reader. */
    @Test
    void hundredsOfPricesAreShownAsTheyWereSet() {
        // Given
        var random = new SplittableRandom(SEED);
        Map<String, PriceTerms> prices = new HashMap<>();
        for (int number = 0; number < 300; number++) {
            prices.put(Usage.meter(), terms(random));
        }
        // When
        AtOnce.each(List.copyOf(prices.keySet()), meter -> {
            Map<String, Object> price = new HashMap<>(prices.get(meter).json());
            price.putAll(
                    Map.of("meter", meter, "team_id", team.id(), "currency", "EUR", "effective_from", "2020-01-01T00:00:00Z"));
            Usage.price(price);
        });
        // Then
        Map<String, List<String>> told = new HashMap<>();
        every("/api/prices", "prices").filter(price -> price.path("team_id").asText().equals(team.id().toString()))
                .forEach(price -> told.put(price.path("meter").asText(), decimals(price)));
        Map<String, List<String>> expected = new HashMap<>();
        prices.forEach((meter, terms) -> expected.put(meter, decimals(terms)));
        assertThat(told).isEqualTo(expected);
    }

    /** Of any type, with prices at the bounds. */
    private static PriceTerms terms(SplittableRandom random) {
        PriceTerms terms = PriceTerms.random(random);
        return new PriceTerms(terms.type(), terms.size(), terms.steps().stream()
                .map(step -> new PriceTerms.Step(step.upTo(), atTheBounds(random, 12, 12))).toList());
    }

    /** As they are shown, one after the other. */
    private static List<String> decimals(JsonNode price) {
        List<String> decimals = new ArrayList<>();
        for (JsonNode place : List.of(price.path("package").path("size"), price.path("package").path("price"),
                price.path("unit_price"))) {
            add(decimals, place);
        }
        price.path("tiers").forEach(tier -> {
            add(decimals, tier.path("up_to"));
            add(decimals, tier.path("unit_price"));
        });
        return decimals;
    }

    private static void add(List<String> decimals, JsonNode place) {
        if (place.isTextual()) {
            decimals.add(place.asText());
        }
    }

    private static List<String> decimals(PriceTerms terms) {
        return Stream.concat(Stream.ofNullable(terms.size()),
                terms.steps().stream().flatMap(step -> Stream.concat(Stream.ofNullable(step.upTo()), Stream.of(step.price()))))
                .map(ExactAmountsTest::plain).toList();
    }

    /** Canonical, as quantities and prices are shown. */
    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** With six digits after the point or more, as money is shown. */
    private static String money(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), 6)).toPlainString();
    }

    private static BigDecimal credit(SplittableRandom random) {
        return atTheBounds(random, 20, 9).max(new BigDecimal("0.000000001"));
    }

    private static BigDecimal atTheBounds(SplittableRandom random, int integerDigits, int fractionDigits) {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.TEN.pow(integerDigits).subtract(BigDecimal.ONE.movePointLeft(fractionDigits));
            case 1 -> BigDecimal.ONE.movePointLeft(fractionDigits);
            default -> RandomDecimals.notNegative(random, integerDigits, fractionDigits);
        };
    }

    /** As a JSON string or number, plain or with an exponent. */
    private static String written(SplittableRandom random, BigDecimal value) {
        String text = random.nextInt(3) == 0
                ? value.unscaledValue() + "e" + -value.scale()
                : value.toPlainString();
        return random.nextBoolean() ? '"' + text + '"' : text;
    }
}
