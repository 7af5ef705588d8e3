package dev.tollkeeper.billing.pricing;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PriceResourceTest {
    private static final String PRICES = "/api/prices";
    private final TestTeam team = TestTeam.create();
    private final String meter = Usage.meter();

    @Test
    void thePriceThatWasMadeIsAnswered() {
        // When
        var response = asOperator().body(price(Map.of("model", "gpt-4o", "team_id", team.id(), "unit_price", "0.000002500000")))
                .post(PRICES).then();
        // Then
        response.statusCode(201).body("id", notNullValue()).body("meter", equalTo(meter)).body("model", equalTo("gpt-4o"))
                .body("team_id", equalTo(team.id().toString())).body("type", equalTo("per_unit"))
                .body("unit_price", equalTo("0.0000025")).body("currency", equalTo("EUR")).body("package", nullValue())
                .body("tiers", nullValue()).body("effective_from", equalTo("2026-01-01T00:00:00Z"))
                .body("created_at", notNullValue());
        assertThat(Database.query("SELECT actor_type FROM audit_entry WHERE action = 'price.created' AND team_id = ? "
                + "AND target_id = ?", team.id(), response.extract().path("id")))
                .containsExactly(Map.of("actor_type", "user"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "meter | Tokens | meter", "meter | | meter", "model | \"\\u0000\" | model", "team_id | nonsense | team_id",
            "team_id | 01920000-0000-7000-8000-000000000000 | team_id", "type | flat | type", "type | package | unit_price",
            "type | volume | unit_price",
            "type | | type", "unit_price | -1 | unit_price", "unit_price | 1e-13 | unit_price",
            "unit_price | 1000000000000 | unit_price", "unit_price | 1,5 | unit_price", "unit_price | | unit_price",
            "currency | XAU | currency", "currency | eur | currency", "currency | | currency",
            "effective_from | yesterday | effective_from", "effective_from | 2026-01-01 | effective_from",
            "effective_from | | effective_from", "package | {} | package", "tiers | [] | tiers", "discount | 1 | discount"})
    void aFieldThatCannotBeTakenIsNamed(String field, String value, String named) {
        // Given
        Map<String, Object> body = price(Map.of());
        body.remove(field);
        if (value != null) {
            body.put(field, switch (value) {
                case "{}" -> Map.of("size", "1", "price", "1");
                case "[]" -> List.of(Map.of("unit_price", "1"));
                case "\"\\u0000\"" -> "a\u0000b";
                default -> value;
            });
        }
        // When
        var response = asOperator().body(body).post(PRICES).then();
        // Then
        problem(response, 400, "invalid_request").body("errors[0].field", equalTo(named)).body("errors.size()", equalTo(1));
        assertThat(Database.query("SELECT 1 FROM price WHERE meter = ?", meter)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'package','package':{'size':'1000','price':'0.000000000001'}}",
            "{'type':'package','package':{'size':'0.000000001','price':'0'}}",
            "{'type':'graduated','tiers':[{'up_to':'0.5','unit_price':'2'},{'up_to':null,'unit_price':'0'}]}",
            "{'type':'volume','tiers':[{'up_to':'99999999999999999999','unit_price':'999999999999'},{'up_to':null,'unit_price':'1'}]}"})
    void aPriceOfAnyTypeIsAnsweredAsItWasSet(String terms) {
        // Given
        Map<String, Object> sent = JsonPath.from(terms.replace('\'', '"')).getMap("$");
        Map<String, Object> body = price(sent);
        body.remove("unit_price");
        // When
        Map<String, Object> made = asOperator().body(body).post(PRICES).then().statusCode(201).extract().path("$");
        // Then
        assertThat(made).containsAllEntriesOf(sent).containsEntry("unit_price", null);
        assertThat(listed(made.get("id"))).isEqualTo(made);
        assertThat(Database.value("SELECT changes ->> 'type' FROM audit_entry WHERE action = 'price.created' AND target_id = ?",
                made.get("id"))).isEqualTo(sent.get("type"));
    }

    private static Map<String, Object> listed(Object id) {
        String cursor = "";
        while (cursor != null) {
            JsonPath page = asOperator().get(PRICES + "?limit=200" + cursor).jsonPath();
            Map<String, Object> found = page.getMap("prices.find { it.id == '" + id + "' }");
            if (found != null) {
                return found;
            }
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }
        throw new AssertionError("Not listed: " + id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'type':'package'} | package", "{'type':'package','package':{'size':'0','price':'1'}} | package",
            "{'type':'package','package':{'size':'-1','price':'1'}} | package.size",
            "{'type':'package','package':{'size':'1'}} | package.price",
            "{'type':'package','package':{'size':'1','price':'x'}} | package.price",
            "{'type':'package','package':{'size':'1','price':'1'},'tiers':[]} | tiers",
            "{'type':'package','package':{'size':'1','price':'1','x':'1'}} | package.x",
            "{'type':'graduated'} | tiers", "{'type':'graduated','tiers':[]} | tiers",
            "{'type':'volume','tiers':[null]} | tiers[0]",
            "{'type':'volume','tiers':[{'up_to':'1','unit_price':'1'}]} | tiers",
            "{'type':'volume','tiers':[{'up_to':'0','unit_price':'1'},{'unit_price':'1'}]} | tiers[0]",
            "{'type':'volume','tiers':[{'up_to':'2','unit_price':'1'},{'up_to':'2','unit_price':'1'},{'unit_price':'1'}]} | tiers",
            "{'type':'graduated','tiers':[{'unit_price':'-1'}]} | tiers[0].unit_price",
            "{'type':'graduated','tiers':[{'unit_price':'1'}],'package':{'size':'1','price':'1'}} | package"})
    void termsThatCannotBeTakenAreNamed(String terms, String field) {
        // Given
        Map<String, Object> body = price(JsonPath.from(terms.replace('\'', '"')).getMap("$"));
        body.remove("unit_price");
        // When
        var response = asOperator().body(body).post(PRICES).then();
        // Then
        problem(response, 400, "invalid_request").body("errors[0].field", equalTo(field));
        assertThat(Database.query("SELECT 1 FROM price WHERE meter = ?", meter)).isEmpty();
    }

    @Test
    void theSameVersionTwiceIsAConflict() {
        // Given
        asOperator().body(price(Map.of())).post(PRICES).then().statusCode(201);
        // When
        var response = asOperator().body(price(Map.of("unit_price", "9"))).post(PRICES).then();
        // Then
        problem(response, 409, "state_conflict").body("error", containsString("effective_from"));
    }

    @Test
    void aRepeatedRequestMakesOnePrice() {
        // Given
        String key = UUID.randomUUID().toString();
        var first = asOperator().header("Idempotency-Key", key).body(price(Map.of())).post(PRICES).then().statusCode(201);
        // When
        var second = asOperator().header("Idempotency-Key", key).body(price(Map.of())).post(PRICES).then();
        // Then
        second.statusCode(201);
        assertThat(second.extract().asString()).isEqualTo(first.extract().asString());
        problem(asOperator().header("Idempotency-Key", key).body(price(Map.of("unit_price", "7"))).post(PRICES).then(), 422,
                "idempotency_conflict");
        problem(asOperator().header("Idempotency-Key", "ä").body(price(Map.of())).post(PRICES).then(), 400, "invalid_request");
    }

    @Test
    void onlyTheOperatorSetsPrices() {
        problem(as(team.managementKey()).body(price(Map.of())).post(PRICES).then(), 403, "operator_required");
        problem(asUser(team.adminEmail()).body(price(Map.of())).post(PRICES).then(), 403, "operator_required");
        problem(as(team.ordinaryKey().secret()).body(price(Map.of())).post(PRICES).then(), 403, "management_key_required");
        problem(asNobody().body(price(Map.of())).post(PRICES).then(), 401, "credentials_missing");
    }

    /** Invariant 15. Seen to fail without the condition on team_id in PriceRepository.list. */
    @Test
    void aTeamSeesGeneralPricesAndItsOwn() {
        // Given
        TestTeam other = TestTeam.create();
        UUID general = Usage.price(price(Map.of()));
        UUID own = Usage.price(price(Map.of("team_id", team.id())));
        UUID others = Usage.price(price(Map.of("team_id", other.id())));
        // When
        List<String> byKey = all(as(team.managementKey()), 100);
        // Then
        assertThat(byKey).contains(general.toString(), own.toString()).doesNotContain(others.toString());
        assertThat(all(asUser(team.memberEmail()), 100)).isEqualTo(byKey);
        assertThat(all(asOperator(), 200)).contains(general.toString(), own.toString(), others.toString());
        assertThat(all(as(team.managementKey()), 3)).isEqualTo(byKey);
    }

    @Test
    void listingNeedsTheScopeAndAPage() {
        problem(asNobody().get(PRICES).then(), 401, "credentials_missing");
        problem(as(team.ordinaryKey().secret()).get(PRICES).then(), 403, "management_key_required");
        problem(as(team.managementKey()).get(PRICES + "?limit=0").then(), 400, "invalid_request");
        problem(as(team.managementKey()).get(PRICES + "?cursor=x").then(), 400, "invalid_request");
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE team_id = ?", team.id());
        problem(as(team.managementKey()).get(PRICES).then(), 403, "scope_missing");
    }

    /** Seen to fail without the trigger price_never_edited. */
    @Test
    void theDatabaseRefusesToEditAPrice() {
        // Given
        UUID price = Usage.price(meter, "1");
        // Then
        assertThatThrownBy(() -> Database.update("UPDATE price SET unit_price = 2 WHERE id = ?", price))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> Database.update("DELETE FROM price WHERE id = ?", price)).hasMessageContaining("append-only");
    }

    @Test
    void someModelsHavePricesFromTheStart() {
        assertThat(Database.query("SELECT DISTINCT model FROM price WHERE created_at = '2025-01-01T00:00:00Z' AND currency IN "
                + "('EUR', 'USD') AND meter IN ('tokens_in', 'tokens_out')")).hasSize(4);
    }

    private static List<String> all(RequestSpecification caller, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            var page = io.restassured.RestAssured.given().spec(caller).queryParams(cursor == null
                    ? Map.of("limit", limit)
                    : Map.of("limit", limit, "cursor", cursor)).get(PRICES).then().statusCode(200).extract();
            ids.addAll(page.<List<String>>path("prices.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        return ids;
    }

    private Map<String, Object> price(Map<String, ?> changes) {
        Map<String, Object> price = new HashMap<>(Map.of("meter", meter, "type", "per_unit", "unit_price", "0.5", "currency",
                "EUR", "effective_from", "2026-01-01T00:00:00Z"));
        price.putAll(changes);
        return price;
    }
}
