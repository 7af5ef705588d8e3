package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LedgerResourceTest {
    private final TestTeam team = TestTeam.create();
    private final String path = "/api/team-billing/" + team.id() + "/ledger";

    @Test
    void aTeamWithoutEntriesHasAnEmptyLedger() {
        as(team.managementKey()).get(path).then().statusCode(200).body("entries", empty()).body("next_cursor", nullValue());
    }

    /** Invariant 11: from the debit to its events and their price. Seen to fail with a batch id of the debit's own. */
    @Test
    void anEntryTellsWhatItWasFor() {
        // Given
        String meter = Usage.meter();
        UUID price = Usage.price(meter, "0.000002");
        UUID grant = Usage.credit(team.id(), Map.of("amount", "1", "reason", "test"));
        var key = team.ordinaryKey();
        Usage.record(team.managementKey(), event(key.id(), meter, "1500"), event(key.id(), meter, "0.5"));
        // When
        var response = as(team.managementKey()).get(path).then();
        // Then
        response.statusCode(200).body("entries.size()", equalTo(2)).body("entries[0].id", notNullValue())
                .body("entries[0].transaction_id", notNullValue()).body("entries[0].at", notNullValue())
                .body("entries[0].kind", equalTo("usage")).body("entries[0].amount", equalTo("-0.003001"))
                .body("entries[0].balance_after", equalTo("0.996999")).body("entries[0].currency", equalTo("EUR"))
                .body("entries[0].reference.type", equalTo("usage_batch")).body("entries[0].reverses", nullValue())
                .body("entries[1].kind", equalTo("credit")).body("entries[1].amount", equalTo("1.000000"))
                .body("entries[1].reference.id", equalTo(grant.toString()));
        UUID batch = UUID.fromString(response.extract().path("entries[0].reference.id"));
        assertThat(
                Database.query("SELECT price_id, trim_scale(cost) AS cost FROM usage_event WHERE team_id = ? AND batch_id = ? "
                        + "ORDER BY cost", team.id(), batch))
                .containsExactly(Map.of("price_id", price, "cost", new BigDecimal("0.000001")),
                        Map.of("price_id", price, "cost", new BigDecimal("0.003")));
    }

    @Test
    void csvHasTheEntriesOfTheJsonAndTellsTheNextPage() {
        // Given
        Usage.credit(team.id(), Map.of("amount", 1));
        Usage.credit(team.id(), Map.of("amount", 2));
        Map<String, Object> newest = as(team.managementKey()).get(path).path("entries[0]");
        // When
        var csv = as(team.managementKey()).accept("text/csv").get(path + "?limit=1").then().statusCode(200)
                .contentType(containsString("text/csv")).extract();
        // Then
        assertThat(csv.asString())
                .isEqualTo("id,at,kind,amount,balance_after,currency,reference_type,reference_id,reverses,adjusts\r\n"
                        + newest.get("id") + ',' + newest.get("at") + ",credit,2.000000,3.000000,EUR,"
                        + as(team.managementKey()).get(path).path("entries[0].reference.type") + ','
                        + as(team.managementKey()).get(path).path("entries[0].reference.id") + ",,\r\n");
        as(team.managementKey()).get(path + "?cursor=" + csv.header("X-Next-Cursor")).then().statusCode(200)
                .body("entries.amount", equalTo(List.of("1.000000")));
    }

    @Test
    void theLedgerIsPagedNewestFirst() {
        // Given
        for (int amount = 1; amount <= 5; amount++) {
            Usage.credit(team.id(), Map.of("amount", amount));
        }
        List<String> balances = new ArrayList<>();
        String cursor = null;
        // When
        do {
            var page = asUser(team.memberEmail()).get(path + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor)).then()
                    .statusCode(200).extract();
            balances.addAll(page.<List<String>>path("entries.balance_after"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        // Then
        assertThat(balances).containsExactly("15.000000", "10.000000", "6.000000", "3.000000", "1.000000");
    }

    @Test
    void readingNeedsTheScopeAndAPage() {
        problem(asNobody().get(path).then(), 401, "credentials_missing");
        problem(as(team.ordinaryKey().secret()).get(path).then(), 403, "management_key_required");
        problem(as(team.managementKey()).get(path + "?limit=x").then(), 400, "invalid_request");
        problem(as(team.managementKey()).get(path + "?cursor=x").then(), 400, "invalid_request");
        problem(asUser(TestTeam.create().adminEmail()).get(path).then(), 404, "not_found");
        asOperator().get(path).then().statusCode(200);
        Database.update("UPDATE api_key SET scopes = '{keys:read}' WHERE team_id = ?", team.id());
        problem(as(team.managementKey()).get(path).then(), 403, "scope_missing");
    }
}
