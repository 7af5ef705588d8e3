package dev.tollkeeper.billing.reservation;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Budgets;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Reservations and budgets: what is let through never passes the limit. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReservedBudgetTest {
    private static final Instant MORNING = Instant.parse("2027-03-01T08:00:00Z");

    private final TestTeam team = TestTeam.create();
    private final String meter = Usage.meter();
    private final TestKey key = team.ordinaryKey();
    private final TestKey other = team.ordinaryKey();

    @BeforeEach
    void aMorning() {
        Usage.price(meter, "1");
        TestClock.moveTo(MORNING);
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    private void settle(String path, String amount) {
        as(team.managementKey()).body(Map.of("amount", amount)).post(path + "/settle").then().statusCode(200);
    }

    private String verdict(TestKey asked) {
        return as(team.managementKey()).body(Map.of("key", asked.secret())).post("/api/keys/verify").path("code");
    }

    private void await(TestKey asked, String code) {
        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(verdict(asked)).isEqualTo(code));
    }

    @Test
    void whatIsSpentAndHeldLeavesSoMuchRoom() {
        // Given
        Budgets.create(team, Budgets.ofProject("daily", "10"));
        Usage.send(team, List.of(Usage.event(key.id(), MORNING, meter, "3")));
        String path = Budgets.reserved(team, other.id(), "4");
        // When
        problem(Budgets.reserve(team, key.id(), "3.000001"), 402, "budget_exhausted");
        // Then
        Budgets.reserve(team, key.id(), "3").statusCode(201);
        settle(path, "1");
        problem(Budgets.reserve(team, key.id(), "3.000001"), 402, "budget_exhausted");
        Budgets.reserve(team, key.id(), "3").statusCode(201);
        Budgets.audit(team.id());
        Books.audit(team.id());
    }

    @Test
    void ofEachKeyEveryOneHasRoomOfItsOwn() {
        // Given
        Budgets.create(team, Map.of("scope", "each_key", "period", "daily", "hard_limit", "10"));
        Budgets.reserved(team, key.id(), "10");
        // Then
        problem(Budgets.reserve(team, key.id(), "0.000001"), 402, "budget_exhausted");
        Budgets.reserve(team, other.id(), "10").statusCode(201);
    }

    @Test
    void aBudgetThatOnlyWarnsLimitsNoReservation() {
        // Given
        Budgets.create(team, Map.of("scope", "project", "period", "daily", "hard_limit", "10", "enforced", false));
        // Then
        Budgets.reserve(team, key.id(), "11").statusCode(201);
        assertThat(verdict(key)).isEqualTo("valid");
    }

    @Test
    void aKeyIsRefusedWhileReservationsTakeTheWholeBudgetAndFreeWhenOneEnds() {
        // Given
        Budgets.create(team, Map.of("scope", "each_user", "period", "daily", "hard_limit", "10"));
        Budgets.reserved(team, key.id(), "4");
        assertThat(verdict(key)).isEqualTo("valid");
        // When
        String path = Budgets.reserved(team, key.id(), "6");
        await(other, "budget_exhausted");
        // Then
        as(team.managementKey()).delete(path).then().statusCode(200);
        await(other, "valid");
    }

    @Test
    void aKeyIsFreeAgainAtOnceWhenAReservationExpires() {
        // Given
        Budgets.create(team, Budgets.ofProject("total", "10"));
        Budgets.reserved(team, key.id(), "4");
        TestClock.advance(Duration.ofMinutes(10));
        Budgets.reserved(team, key.id(), "6");
        await(key, "budget_exhausted");
        // When: the first of the two is over, and no job ran
        TestClock.moveTo(MORNING.plus(Duration.ofHours(1)).plusSeconds(1));
        // Then
        assertThat(verdict(key)).isEqualTo("valid");
        Budgets.reserve(team, key.id(), "4").statusCode(201);
        problem(Budgets.reserve(team, key.id(), "0.01"), 402, "budget_exhausted");
    }

    @Test
    void aReservationCountsInWhicheverWindowItIsOpen() {
        // Given
        TestClock.moveTo(Instant.parse("2027-03-01T23:50:00Z"));
        String budget = Budgets.create(team, Budgets.ofProject("daily", "10"));
        String path = Budgets.reserved(team, key.id(), "10");
        await(key, "budget_exhausted");
        // When
        TestClock.moveTo(Instant.parse("2027-03-02T00:10:00Z"));
        // Then
        assertThat(verdict(key)).isEqualTo("budget_exhausted");
        problem(Budgets.reserve(team, key.id(), "0.000001"), 402, "budget_exhausted");
        settle(path, "9");
        await(key, "valid");
        assertThat(Budgets.spent(team, budget)).isEqualByComparingTo("9");
        Budgets.audit(team.id());
    }

    @Test
    void oneThatIsReleasedBeforeTheNextWindowRefusesNobodyThere() {
        // Given
        TestClock.moveTo(Instant.parse("2027-03-01T23:10:00Z"));
        Budgets.create(team, Budgets.ofProject("daily", "10"));
        String path = Budgets.reserved(team, key.id(), "10");
        await(key, "budget_exhausted");
        // When
        as(team.managementKey()).delete(path).then().statusCode(200);
        await(key, "valid");
        // Then
        TestClock.moveTo(Instant.parse("2027-03-02T00:05:00Z"));
        assertThat(verdict(key)).isEqualTo("valid");
    }

    /** Invariant 6 on one instance. */
    @Test
    void manyAtOnceNeverPassTheLimit() {
        // Given
        String budget = Budgets.create(team, Budgets.ofProject("daily", "10"));
        // When
        List<Integer> answers = AtOnce.run(60, i -> {
            var made = Budgets.reserve(team, key.id(), "1");
            if (made.extract().statusCode() == 201 && i % 2 == 0) {
                settle("/api/usage/reservations/" + made.extract().path("id"), "0.5");
            }
            return made.extract().statusCode();
        });
        // Then
        assertThat(answers).containsOnly(201, 402);
        BigDecimal held = (BigDecimal) Database.value("SELECT coalesce(sum(amount), 0) FROM reservation WHERE team_id = ? "
                + "AND status = 'open'", team.id());
        assertThat(Budgets.spent(team, budget).add(held)).isLessThanOrEqualTo(BigDecimal.TEN);
        Budgets.audit(team.id());
        Books.audit(team.id());
    }
}
