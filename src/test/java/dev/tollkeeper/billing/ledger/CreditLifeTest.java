package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.RandomDecimals;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 7 over HTTP: credit comes, burns, expires, and is taken back. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CreditLifeTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();

    @Inject
    CreditExpiry expiry;

    @BeforeEach
    void aUnitCostsOne() {
        Usage.price(meter, "1");
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    @Test
    void usageBurnsGrantsInOrderAndThenMakesADebt() {
        // Given
        UUID never = credit("10", null, 100);
        UUID later = credit("10", Duration.ofDays(20), 100);
        UUID sooner = credit("10", Duration.ofDays(10), 100);
        UUID first = credit("10", null, 1);
        // When
        use("25");
        // Then
        assertThat(remaining()).isEqualTo(Map.of(first, "0.000000", sooner, "0.000000", later, "5.000000", never, "10.000000"));
        use("20.5");
        assertThat(Usage.balance(team)).isEqualByComparingTo("-5.5");
        Books.audit(team.id());
    }

    /** Seen to fail with {@code remainingOf} answering the amount: more was left of grants than the balance. */
    @Test
    void aGrantFirstCoversTheDebt() {
        // Given
        use("7");
        // When
        UUID small = credit("3", null, 100);
        UUID large = credit("10", null, 100);
        // Then
        assertThat(remaining()).isEqualTo(Map.of(small, "0.000000", large, "6.000000"));
        assertThat(Usage.balance(team)).isEqualByComparingTo("6");
        Books.audit(team.id());
    }

    /** Seen to fail without expireDue in Ledger.lock and LedgerService. */
    @Test
    void whatIsLeftWhenTheTimeIsOverExpiresAsAnEntry() {
        // Given
        UUID grant = credit("10", Duration.ofMinutes(2), 100);
        use("4");
        // When
        TestClock.advance(Duration.ofMinutes(3));
        // Then
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        as(team.managementKey()).get("/api/team-billing/" + team.id() + "/ledger").then().statusCode(200)
                .body("entries.kind", equalTo(List.of("expiry", "usage", "credit")))
                .body("entries.amount", equalTo(List.of("-6.000000", "-4.000000", "10.000000")))
                .body("entries[0].reference", equalTo(Map.of("type", "credit_grant", "id", grant.toString())));
        as(team.managementKey()).get("/api/team-billing/" + team.id() + "/credits").then()
                .body("credits[0].remaining", equalTo("0.000000")).body("credits[0].expired", equalTo("6.000000"))
                .body("credits[0].consumed", equalTo("4.000000"));
        Books.audit(team.id());
    }

    @Test
    void usageThatComesAfterTheExpiryDoesNotUseTheGrantWheneverItHappened() {
        // Given
        credit("10", Duration.ofMinutes(2), 100);
        Instant before = Instant.now();
        TestClock.advance(Duration.ofMinutes(3));
        // When
        Usage.record(team.managementKey(), with(event(key.id(), meter, "4"), "occurred_at", before.toString()));
        // Then
        assertThat(Usage.balance(team)).isEqualByComparingTo("-4");
        Books.audit(team.id());
    }

    /** Seen to fail with the job answering nothing. */
    @Test
    void creditNobodyAsksAboutExpiresToo() {
        // Given
        credit("10", Duration.ofMinutes(2), 100);
        TestClock.advance(Duration.ofMinutes(3));
        // When
        expiry.expire().await().atMost(Duration.ofSeconds(30));
        // Then
        assertThat(Books.balance(team.id())).isEqualByComparingTo("0");
        Books.audit(team.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverHappensTheBooksAddUp(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        List<UUID> given = new ArrayList<>();
        // When
        for (int step = 0; step < 25; step++) {
            switch (random.nextInt(5)) {
                case 0 -> given.add(credit(amount(random), random.nextInt(3) == 0
                        ? null
                        : Duration.ofSeconds(1 + random.nextInt(90)), random.nextInt(3)));
                case 1, 2 -> use(amount(random));
                case 3 -> takeBackOneOf(given, random);
                default -> TestClock.advance(Duration.ofSeconds(random.nextInt(40)));
            }
        }
        // Then
        BigDecimal balance = Usage.balance(team);
        assertThat(Books.balance(team.id())).isEqualByComparingTo(balance);
        Books.audit(team.id());
    }

    private static String amount(SplittableRandom random) {
        return RandomDecimals.notNegative(random, 3, 9).add(new BigDecimal("0.000000001")).toPlainString();
    }

    private UUID credit(String amount, Duration expiresIn, int priority) {
        Map<String, Object> credit = new HashMap<>(Map.of("amount", amount, "reason", "test", "priority", priority));
        if (expiresIn != null) {
            credit.put("expires_at", TestClock.now().plus(expiresIn).toString());
        }
        return Usage.credit(team.id(), credit);
    }

    private void takeBackOneOf(List<UUID> given, SplittableRandom random) {
        if (!given.isEmpty()) {
            asOperator().delete("/api/team-billing/" + team.id() + "/credits/" + given.get(random.nextInt(given.size()))).then()
                    .statusCode(oneOf(204, 409));
        }
    }

    private void use(String quantity) {
        Usage.record(team.managementKey(), event(key.id(), meter, quantity)).body("accepted", equalTo(1));
    }

    private Map<UUID, String> remaining() {
        Map<UUID, String> remaining = new HashMap<>();
        List<Map<String, String>> credits = as(team.managementKey()).get("/api/team-billing/" + team.id() + "/credits").then()
                .statusCode(200).extract().path("credits");
        credits.forEach(credit -> remaining.put(UUID.fromString(credit.get("id")), credit.get("remaining")));
        return remaining;
    }
}
