package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.RandomDecimals;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 12: an amount survives JSON, Java, PostgreSQL and JSON unchanged, whether it was sent as text or as a number. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ExactAmountsTest {
    private static final int CASES = 50;

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
