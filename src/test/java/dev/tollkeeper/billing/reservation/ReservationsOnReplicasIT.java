package dev.tollkeeper.billing.reservation;

import static dev.tollkeeper.testsupport.Replicas.management;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Replicas;
import io.restassured.response.Response;

/** Invariant 6, on two instances: reservations never pass a limit, none is lost, and each ends once. */
class ReservationsOnReplicasIT {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final String RESERVATIONS = "/api/usage/reservations";

    @TempDir
    static Path directory;

    private static Replicas replicas;

    @BeforeAll
    static void start() throws IOException {
        replicas = Replicas.start(directory, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        if (replicas != null) {
            replicas.close();
        }
    }

    private static Response reserve(int instance, String key, String amount) {
        return management().body(Map.of("key_id", key, "amount", amount, "expires_in_seconds", 600))
                .post(replicas.url(instance, RESERVATIONS));
    }

    private static Response settle(int instance, String reserved, String amount) {
        return management().body(Map.of("amount", amount))
                .post(replicas.url(instance, RESERVATIONS + "/" + reserved + "/settle"));
    }

    private static Response release(int instance, String reserved) {
        return management().delete(replicas.url(instance, RESERVATIONS + "/" + reserved));
    }

    private static String budget(String key, String limit) {
        return "/api/budgets/" + management()
                .body(Map.of("scope", "key", "key_id", key, "period", "total", "hard_limit", limit))
                .post(replicas.url(0, "/api/budgets")).then().statusCode(201).extract().<String>path("id");
    }

    private static String verdict(int instance, Response key) {
        return management().body(Map.of("key", key.<String>path("api_key"))).post(replicas.url(instance, "/api/keys/verify"))
                .path("code");
    }

    @Test
    void twoHundredReservationsAndSettlementsAtOnceNeverPassTheBudgetAndNoneIsLost() throws SQLException {
        // Given
        Response key = replicas.create("reserving " + UUID.randomUUID(), Map.of());
        String budget = budget(key.path("id"), "50");
        // When: the first half is settled in parts by the other instance, so that the rest makes room
        List<Integer> answers = AtOnce.run(200, i -> {
            Response reserved = reserve(i, key.path("id"), "1");
            if (reserved.statusCode() == 201 && i < 100) {
                settle(i + 1, reserved.path("id"), "0.5").then().statusCode(200);
            }
            return reserved.statusCode();
        });
        // Then
        assertThat(answers).containsOnly(201, 402);
        BigDecimal settled = sum("settled_amount", "status = 'settled'", key);
        BigDecimal open = sum("amount", "status = 'open'", key);
        long made = answers.stream().filter(status -> status == 201).count();
        assertThat(settled.add(open)).isLessThanOrEqualTo(new BigDecimal("50"));
        assertThat(sum("1", "true", key)).isEqualByComparingTo(BigDecimal.valueOf(made));
        assertThat(new BigDecimal(management().get(replicas.url(1, budget)).<String>path("spent")))
                .isEqualByComparingTo(settled);
        assertThat(events(key)).isEqualByComparingTo(settled);
    }

    @Test
    void whateverIsEndedByBothInstancesAtOnceEndsOnce() {
        // Given
        Response key = replicas.create("ending " + UUID.randomUUID(), Map.of());
        List<String> reserved = AtOnce.run(20, i -> reserve(i, key.path("id"), "1").path("id"));
        // When
        List<Integer> answers = AtOnce.run(80, i -> i % 4 < 2
                ? settle(i, reserved.get(i / 4), "1").statusCode()
                : release(i, reserved.get(i / 4)).statusCode());
        // Then
        assertThat(answers.stream().collect(groupingBy(status -> status, counting()))).isEqualTo(Map.of(200, 20L, 409, 60L));
    }

    /** Each way round within the second that the contract gives. */
    @Test
    void theOtherInstanceLearnsThatABudgetIsUsedUpAndThatItIsFreeAgain() {
        // Given
        Response key = replicas.create("verified " + UUID.randomUUID(), Map.of());
        String budget = budget(key.path("id"), "2");
        assertThat(verdict(0, key)).isEqualTo("valid");
        assertThat(verdict(1, key)).isEqualTo("valid");
        // When
        Response reserved = reserve(0, key.path("id"), "2");
        // Then
        await(key, "budget_exhausted");
        release(0, reserved.path("id")).then().statusCode(200);
        await(key, "valid");
        settle(0, reserve(0, key.path("id"), "2").path("id"), "2").then().body("status", equalTo("settled"));
        await(key, "budget_exhausted");
        management().body(Map.of("hard_limit", "3")).put(replicas.url(0, budget)).then().statusCode(200);
        await(key, "valid");
    }

    private static void await(Response key, String code) {
        Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(20))
                .until(() -> code.equals(verdict(0, key)) && code.equals(verdict(1, key)));
    }

    private static BigDecimal sum(String column, String condition, Response key) throws SQLException {
        return value("SELECT coalesce(sum(" + column + "), 0) FROM reservation WHERE " + condition + " AND key_id = ?::uuid",
                key);
    }

    private static BigDecimal events(Response key) throws SQLException {
        return value("SELECT coalesce(sum(cost), 0) FROM usage_event WHERE key_id = ?::uuid", key);
    }

    private static BigDecimal value(String query, Response key) throws SQLException {
        try (Connection connection = replicas.postgres().getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, key.path("id"));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBigDecimal(1);
            }
        }
    }
}
