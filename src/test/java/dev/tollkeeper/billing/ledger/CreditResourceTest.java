package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CreditResourceTest {
    private final TestTeam team = TestTeam.create();
    private final String path = "/api/team-billing/" + team.id() + "/credits";

    @Test
    void creditThatWasGivenIsAnsweredBookedAndAudited() {
        // When
        var response = asOperator().body(Map.of("amount", "12.34", "reason", "top-up", "expires_at",
                "2099-01-01T02:00:00+02:00", "priority", 5)).post(path).then();
        // Then
        response.statusCode(201).body("id", notNullValue()).body("amount", equalTo("12.340000"))
                .body("remaining", equalTo("12.340000")).body("currency", equalTo("EUR")).body("reason", equalTo("top-up"))
                .body("expires_at", equalTo("2099-01-01T00:00:00Z")).body("priority", equalTo(5))
                .body("created_at", notNullValue());
        assertThat(Usage.balance(team)).isEqualByComparingTo("12.34");
        assertThat(Database.query("SELECT actor_type, changes->>'amount' AS amount FROM audit_entry WHERE team_id = ? "
                + "AND action = 'credit.granted' AND target_id = ?", team.id(), response.extract().path("id")))
                .containsExactly(Map.of("actor_type", "user", "amount", "12.340000"));
        Books.audit(team.id());
    }

    @Test
    void onlyTheAmountHasToBeGiven() {
        // When
        var response = asOperator().body(Map.of("amount", 7)).post(path).then();
        // Then
        response.statusCode(201).body("amount", equalTo("7.000000")).body("reason", equalTo(""))
                .body("expires_at", nullValue()).body("priority", equalTo(100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"amount | 0 ", "amount | 0.000", "amount | -1", "amount | 1.0000000001",
            "amount | 100000000000000000000", "amount | NaN", "amount | 1e99", "amount | ", "amount | true",
            "expires_at | 2020-01-01T00:00:00Z", "expires_at | 2099-01-01", "expires_at | tomorrow", "priority | -1",
            "priority | 1001", "note | x"})
    void aFieldThatCannotBeTakenIsNamed(String field, String value) {
        // Given
        Map<String, Object> body = new HashMap<>(Map.of("amount", "1"));
        body.remove(field);
        if (value != null) {
            body.put(field, "priority".equals(field) ? Integer.valueOf(value) : "true".equals(value) ? Boolean.TRUE : value);
        }
        // When
        var response = asOperator().body(body).post(path).then();
        // Then
        problem(response, 400, "invalid_request").body("errors[0].field", equalTo(field));
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"amount\":\"1\",\"reason\":\"a\\u0000b\"}", "{\"amount\":\"1\",\"priority\":1.5}", "[]", "{",
            "{\"amount\":NaN}", "{\"amount\":\"1\",\"amount\":\"2\"}", ""})
    void aBodyThatCannotBeReadIsRefused(String body) {
        problem(asOperator().body(body).post(path).then(), 400, "invalid_request");
    }

    @Test
    void aReasonHasALimit() {
        problem(asOperator().body(Map.of("amount", "1", "reason", "x".repeat(501))).post(path).then(), 400, "invalid_request")
                .body("errors[0].field", equalTo("reason"));
    }

    @Test
    void onlyTheOperatorGivesCredit() {
        var body = Map.of("amount", "1");
        problem(as(team.managementKey()).body(body).post(path).then(), 403, "operator_required");
        problem(asUser(team.adminEmail()).body(body).post(path).then(), 403, "operator_required");
        problem(asUser(team.memberEmail()).body(body).post(path).then(), 403, "operator_required");
        problem(as(team.ordinaryKey().secret()).body(body).post(path).then(), 403, "management_key_required");
        problem(asNobody().body(body).post(path).then(), 401, "credentials_missing");
        Database.update("UPDATE api_key SET scopes = '{billing:read}' WHERE team_id = ?", team.id());
        problem(as(team.managementKey()).body(body).post(path).then(), 403, "scope_missing");
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
    }

    /** Invariant 15. Seen to fail (403) with the operator asked for before the team was looked for. */
    @Test
    void anotherTeamIsAnUnknownOne() {
        // Given
        TestTeam other = TestTeam.create();
        for (String call : List.of("credits", "ledger")) {
            // When
            String unknown = get(call, UUID.randomUUID().toString());
            String others = get(call, other.id().toString());
            // Then
            assertThat(others).isEqualTo(unknown).contains("not_found");
            assertThat(get(call, "nonsense")).isEqualTo(unknown);
        }
        assertThat(post(other.id().toString())).isEqualTo(post(UUID.randomUUID().toString())).contains("not_found");
        problem(asOperator().body(Map.of("amount", "1")).post("/api/team-billing/" + UUID.randomUUID() + "/credits").then(),
                404,
                "not_found");
    }

    private String get(String call, String id) {
        return as(team.managementKey()).header("X-Request-Id", "same").get("/api/team-billing/" + id + "/" + call).asString();
    }

    private String post(String id) {
        return as(team.managementKey()).header("X-Request-Id", "same").body(Map.of("amount", "1"))
                .post("/api/team-billing/" + id + "/credits").asString();
    }

    @Test
    void grantsAreListedNewestFirstInPages() {
        // Given
        List<String> given = java.util.stream.IntStream.range(0, 5)
                .mapToObj(index -> Usage.credit(team.id(), Map.of("amount", "1", "reason", "no " + index)).toString()).toList();
        // When
        var first = as(team.managementKey()).get(path + "?limit=3").then().statusCode(200).extract();
        var second = asUser(team.memberEmail()).get(path + "?limit=3&cursor=" + first.path("next_cursor")).then()
                .statusCode(200).body("next_cursor", nullValue()).extract();
        // Then
        List<String> listed = new java.util.ArrayList<>(first.<List<String>>path("credits.id"));
        listed.addAll(second.path("credits.id"));
        java.util.Collections.reverse(listed);
        assertThat(listed).isEqualTo(given);
        problem(as(team.managementKey()).get(path + "?limit=201").then(), 400, "invalid_request");
        problem(asNobody().get(path).then(), 401, "credentials_missing");
        problem(as(team.ordinaryKey().secret()).get(path).then(), 403, "management_key_required");
    }
}
