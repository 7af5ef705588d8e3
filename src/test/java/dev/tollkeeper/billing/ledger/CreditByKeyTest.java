package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Where the operator lets teams give themselves credit. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class CreditByKeyTest {
    private final TestTeam team = TestTeam.create();
    private final String path = "/api/team-billing/" + team.id() + "/credits";
    private final Map<String, String> body = Map.of("amount", "3");

    @Test
    void keysAndAdminsMayGiveTheirOwnTeamCredit() {
        // When
        as(team.managementKey()).body(body).post(path).then().statusCode(201);
        asUser(team.adminEmail()).body(body).post(path).then().statusCode(201);
        // Then
        assertThat(Usage.balance(team)).isEqualByComparingTo("6");
    }

    @Test
    void othersMayNot() {
        problem(asUser(team.memberEmail()).body(body).post(path).then(), 403, "admin_required");
        problem(as(TestTeam.create().managementKey()).body(body).post(path).then(), 404, "not_found");
        Database.update("UPDATE api_key SET scopes = '{billing:read}' WHERE team_id = ?", team.id());
        problem(as(team.managementKey()).body(body).post(path).then(), 403, "scope_missing");
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
    }
}
