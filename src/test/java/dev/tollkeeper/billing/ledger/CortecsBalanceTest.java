package dev.tollkeeper.billing.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;

/** The Cortecs Management API's "Successfully retrieved user balance", as its page and its clients have it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CortecsBalanceTest {
    private static final String PATH = "/api/manage/users/balance";
    private final TestTeam team = TestTeam.create();

    @Test
    void theBalanceIsANumberBesideItsCurrency() {
        // Given
        Usage.credit(team.id(), Map.of("amount", "1234.56"));
        // When
        var response = given().config(RestAssuredConfig.config().jsonConfig(
                JsonConfig.jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL)))
                .header("Authorization", "Bearer " + team.managementKey()).get(PATH).then();
        // Then
        response.statusCode(200).body("current_balance", is(new BigDecimal("1234.56"))).body("currency", equalTo("EUR"));
        assertThat(response.extract().asString()).contains("\"current_balance\":1234.56,");
    }

    @Test
    void aMissingOrInvalidTokenIsUnauthorized() {
        given().get(PATH).then().statusCode(401).body("error", startsWith("This call needs a credential"));
        given().header("Authorization", "Bearer nonsense").get(PATH).then().statusCode(401).body("error", is(
                org.hamcrest.Matchers.not(org.hamcrest.Matchers.emptyOrNullString())));
    }

    @Test
    void aKeyThatIsNotAManagementKeyIsForbidden() {
        given().header("Authorization", "Bearer " + team.ordinaryKey().secret()).get(PATH).then().statusCode(403)
                .body("error", startsWith("The provided API key is not a management key."));
    }
}
