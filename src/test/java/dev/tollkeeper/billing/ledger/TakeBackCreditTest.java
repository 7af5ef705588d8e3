package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Invariants 1, 3 and 7: what is left of credit goes back, as a transaction that names the one it reverses. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TakeBackCreditTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();
    private final String path = "/api/team-billing/" + team.id() + "/credits/";

    @BeforeEach
    void aUnitCostsOne() {
        Usage.price(meter, "1");
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail with the reversal booked to {@code expired}. */
    @Test
    void whatIsLeftIsTakenBackBookedAndAudited() {
        // Given
        UUID other = Usage.credit(team.id(), Map.of("amount", "1", "priority", 1000));
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10"));
        use("4");
        // When
        takeBack(grant).statusCode(204).body(emptyString());
        // Then
        credits().body("credits.id", equalTo(List.of(grant.toString(), other.toString())))
                .body("credits.remaining", equalTo(List.of("0.000000", "1.000000")))
                .body("credits.consumed", equalTo(List.of("4.000000", "0.000000")))
                .body("credits.voided", equalTo(List.of("6.000000", "0.000000")))
                .body("credits.expired", equalTo(List.of("0.000000", "0.000000")));
        var ledger = as(team.managementKey()).get("/api/team-billing/" + team.id() + "/ledger").then().statusCode(200)
                .body("entries.kind", equalTo(List.of("reversal", "usage", "credit", "credit")))
                .body("entries[0].amount", equalTo("-6.000000")).body("entries[0].balance_after", equalTo("1.000000"))
                .body("entries[0].reference", equalTo(Map.of("type", "credit_grant", "id", grant.toString()))).extract();
        assertThat(ledger.<String>path("entries[0].reverses")).isEqualTo(ledger.path("entries[2].transaction_id"));
        assertThat(Database.query("SELECT account, trim_scale(balance) AS balance FROM ledger_account WHERE team_id = ? "
                + "AND account IN ('funding', 'expired') ORDER BY account", team.id()))
                .containsExactly(Map.of("account", "expired", "balance", BigDecimal.ZERO),
                        Map.of("account", "funding", "balance", new BigDecimal("-5")));
        assertThat(Database.query("SELECT actor_type, changes->>'amount' AS amount, changes->>'currency' AS currency "
                + "FROM audit_entry WHERE team_id = ? AND action = 'credit.voided' AND target_id = ?", team.id(),
                grant.toString())).containsExactly(Map.of("actor_type", "user", "amount", "6.000000", "currency", "EUR"));
        Books.audit(team.id());
    }

    @Test
    void creditThatWasTakenBackIsUsedNoMoreAndExpiresNot() {
        // Given
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10", "expires_at",
                TestClock.now().plus(Duration.ofMinutes(2)).toString()));
        takeBack(grant).statusCode(204);
        // When
        use("3");
        TestClock.advance(Duration.ofMinutes(3));
        // Then
        credits().body("credits[0].consumed", equalTo("0.000000")).body("credits[0].expired", equalTo("0.000000"))
                .body("credits[0].voided", equalTo("10.000000"));
        assertThat(Usage.balance(team)).isEqualByComparingTo("-3");
        Books.audit(team.id());
    }

    @Test
    void takenBackTwiceItIsBookedOnce() {
        // Given
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10"));
        takeBack(grant).statusCode(204);
        // When
        takeBack(grant).statusCode(204);
        // Then
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        assertThat(reversals()).isEqualTo(1L);
        assertThat(Database.value("SELECT count(*) FROM audit_entry WHERE team_id = ? AND action = 'credit.voided'", team.id()))
                .isEqualTo(1L);
    }

    /** Seen to fail (500) with the grant looked for before the lock is taken, which books the expiry. */
    @Test
    void aGrantOfWhichNothingIsLeftIsAConflict() {
        // Given
        UUID used = Usage.credit(team.id(), Map.of("amount", "3"));
        use("3");
        UUID due = Usage.credit(team.id(), Map.of("amount", "5", "expires_at",
                TestClock.now().plus(Duration.ofMinutes(2)).toString()));
        TestClock.advance(Duration.ofMinutes(3));
        for (UUID gone : List.of(used, due)) {
            // When
            var response = takeBack(gone);
            // Then
            problem(response, 409, "state_conflict").body("error", containsString("GET the team's credits"));
        }
        assertThat(reversals()).isEqualTo(0L);
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        Books.audit(team.id());
    }

    /** Invariant 15. */
    @Test
    void whatIsNoGrantOfTheTeamIsNotFound() {
        // Given
        TestTeam other = TestTeam.create();
        UUID others = Usage.credit(other.id(), Map.of("amount", "10"));
        // When
        String unknown = takeBackAsSame(UUID.randomUUID().toString());
        // Then
        assertThat(unknown).contains("not_found", "Credit not found");
        assertThat(takeBackAsSame(others.toString())).isEqualTo(unknown);
        assertThat(takeBackAsSame("nonsense")).isEqualTo(unknown);
        problem(asOperator().delete("/api/team-billing/" + UUID.randomUUID() + "/credits/" + others).then(), 404, "not_found");
        assertThat(Usage.balance(other)).isEqualByComparingTo("10");
    }

    private String takeBackAsSame(String id) {
        return asOperator().header("X-Request-Id", "same").delete(path + id).then().statusCode(404).extract().asString();
    }

    /** Seen to fail with {@code operator = true} taken out. */
    @Test
    void onlyTheOperatorTakesCreditBack() {
        // Given
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10"));
        TestTeam strangers = TestTeam.create();
        // Then
        for (RequestSpecification who : List.of(as(team.managementKey()), asUser(team.adminEmail()), asUser(team.memberEmail()),
                asUser(strangers.adminEmail()))) {
            problem(who.delete(path + grant).then(), 403, "operator_required");
        }
        problem(as(key.secret()).delete(path + grant).then(), 403, "management_key_required");
        problem(asNobody().delete(path + grant).then(), 401, "credentials_missing");
        assertThat(Usage.balance(team)).isEqualByComparingTo("10");
    }

    /** Seen to fail (500) with the grant looked for before the lock is taken. */
    @Test
    void takenBackByManyAtOnceItIsBookedOnce() throws SQLException {
        // Given: somebody holds the team's balance, so that several wait for it
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10"));
        CompletableFuture<List<Integer>> answers;
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.query(holder, "SELECT 1 FROM ledger_account WHERE team_id = ? FOR UPDATE", team.id());
            // When
            answers = CompletableFuture
                    .supplyAsync(() -> AtOnce.run(8, i -> takeBack(grant).extract().statusCode()));
            Awaitility.await().until(() -> Database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                    + "AND query LIKE '%ledger_account%'").size() >= 4);
            holder.rollback();
        }
        // Then
        assertThat(answers.join()).hasSize(8).containsOnly(204);
        assertThat(reversals()).isEqualTo(1L);
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        Books.audit(team.id());
    }

    /** Seen to fail with the grant looked for before the lock is taken (Books.audit): what was used was taken back, too. */
    @Test
    void takenBackBesideDebitsTheBooksAddUp() {
        // Given
        UUID grant = Usage.credit(team.id(), Map.of("amount", "10"));
        // When
        List<Integer> answers = AtOnce.run(32,
                i -> i % 16 == 8 ? takeBack(grant).extract().statusCode() : use("0.25").extract().statusCode());
        // Then
        assertThat(answers).filteredOn(status -> status == 204).hasSize(2);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(30);
        var credit = credits().body("credits[0].remaining", equalTo("0.000000")).extract();
        BigDecimal voided = new BigDecimal(credit.<String>path("credits[0].voided"));
        assertThat(voided).isBetween(new BigDecimal("2.5"), new BigDecimal("10"));
        assertThat(Usage.balance(team)).isEqualByComparingTo(new BigDecimal("2.5").subtract(voided));
        Books.audit(team.id());
    }

    /** Invariant 3: what is taken back does not come again. */
    @Test
    void theGrantSentAgainGivesNothingAnew() {
        // Given
        String idempotencyKey = UUID.randomUUID().toString();
        String first = grant(idempotencyKey);
        takeBack(UUID.fromString(io.restassured.path.json.JsonPath.from(first).getString("id"))).statusCode(204);
        // When
        String again = grant(idempotencyKey);
        // Then
        assertThat(again).isEqualTo(first);
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
    }

    private String grant(String idempotencyKey) {
        return asOperator().header("Idempotency-Key", idempotencyKey).body(Map.of("amount", "10"))
                .post("/api/team-billing/" + team.id() + "/credits").then().statusCode(201).extract().asString();
    }

    private ValidatableResponse takeBack(UUID grant) {
        return asOperator().delete(path + grant).then();
    }

    private ValidatableResponse use(String quantity) {
        return Usage.record(team.managementKey(), event(key.id(), meter, quantity)).body("accepted", equalTo(1));
    }

    private ValidatableResponse credits() {
        return as(team.managementKey()).get("/api/team-billing/" + team.id() + "/credits").then().statusCode(200);
    }

    private Object reversals() {
        return Database.value("SELECT count(*) FROM ledger_transaction WHERE team_id = ? AND kind = 'reversal'", team.id());
    }
}
