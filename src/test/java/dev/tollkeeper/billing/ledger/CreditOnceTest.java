package dev.tollkeeper.billing.ledger;

import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Invariant 3 for credit: n times is once. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CreditOnceTest {
    private final TestTeam team = TestTeam.create();
    private final String key = UUID.randomUUID().toString();

    /** Seen to fail with the work done without Idempotency.once. */
    @Test
    void theSameRequestAgainGivesNothingMore() {
        // Given
        var first = grant(key, "5").statusCode(201);
        // When
        var second = grant(key, "5").statusCode(201);
        // Then
        assertThat(second.extract().asString()).isEqualTo(first.extract().asString());
        assertThat(Usage.balance(team)).isEqualByComparingTo("5");
        problem(grant(key, "6"), 422, "idempotency_conflict");
        assertThat(Usage.balance(team)).isEqualByComparingTo("5");
        Books.audit(team.id());
    }

    /** Seen to fail with the record of the answer written in a transaction of its own, before the work. */
    @Test
    void aFailedRequestUsesTheKeyNotUp() {
        // Given
        problem(grant(key, "0"), 400, "invalid_request");
        problem(asOperator().header("Idempotency-Key", key).body(Map.of("amount", "1", "expires_at", "2020-01-01T00:00:00Z"))
                .post(path()).then(), 400, "invalid_request");
        // When
        var response = grant(key, "5");
        // Then
        response.statusCode(201);
        assertThat(Usage.balance(team)).isEqualByComparingTo("5");
    }

    @Test
    void sentManyTimesAtOnceItIsDoneOnce() throws InterruptedException {
        // When
        List<Integer> statuses = inParallel(12, () -> grant(key, "5").extract().statusCode());
        // Then
        assertThat(statuses).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(Usage.balance(team)).isEqualByComparingTo("5");
        Books.audit(team.id());
    }

    @Test
    void whileTheFirstStillRunsTheSecondIsTold() throws SQLException, InterruptedException, ExecutionException {
        // Given: somebody holds the team's balance, so that the first request waits
        Usage.credit(team.id(), Map.of("amount", "1"));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            try (var lock = holder.prepareStatement("SELECT 1 FROM ledger_account WHERE team_id = ? FOR UPDATE")) {
                lock.setObject(1, team.id());
                lock.execute();
            }
            Future<Integer> first = threads.submit(() -> grant(key, "5").extract().statusCode());
            Awaitility.await().until(() -> !Database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                    + "AND query LIKE '%ledger_account%'").isEmpty());
            // When
            var second = grant(key, "5");
            // Then
            problem(second, 409, "idempotency_in_progress");
            holder.rollback();
            assertThat(first.get()).isEqualTo(201);
        } finally {
            threads.shutdownNow();
        }
        assertThat(Usage.balance(team)).isEqualByComparingTo("6");
    }

    private String path() {
        return "/api/team-billing/" + team.id() + "/credits";
    }

    private ValidatableResponse grant(String idempotencyKey, String amount) {
        return asOperator().header("Idempotency-Key", idempotencyKey).body(Map.of("amount", amount, "reason", "once"))
                .post(path()).then();
    }

    private static <T> List<T> inParallel(int times, Callable<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            return threads.invokeAll(IntStream.range(0, times).mapToObj(index -> work).toList()).stream()
                    .map(CreditOnceTest::get)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
