package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Requests that come at once share a transaction; no answer tells. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MergedIngestTest {
    private static final int TEAMS = 12;
    private static final int REQUESTS = 60;

    private final String meter = Usage.meter();
    private final List<TestTeam> teams = Stream.generate(TestTeam::create).limit(TEAMS).toList();
    private final List<TestKey> keys = teams.stream().map(TestTeam::ordinaryKey).toList();
    private final ExecutorService clients = Executors.newFixedThreadPool(REQUESTS + 1);
    @Inject
    IngestQueue queue;

    @BeforeEach
    void price() {
        Usage.price(meter, "0.5");
        for (int team = 0; team < TEAMS; team++) {
            Usage.record(teams.get(team).managementKey(), event(keys.get(team).id(), meter, "0"));
        }
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
    }

    /** Invariants 3 and 4. Seen to fail with the results of merged requests handed out in another order. */
    @Test
    void requestsOfManyTeamsAtOnceAreStoredInFewTransactions() throws Exception {
        // Given: each event is sent by two requests, and each request sends three
        List<CompletableFuture<ValidatableResponse>> answers = new ArrayList<>();
        Map<String, Object> shared = event(keys.get(0).id(), meter, "1");
        // When
        try (Held held = hold(teams)) {
            for (int request = 0; request < REQUESTS; request++) {
                int team = request % TEAMS;
                int number = request / TEAMS / 2;
                List<Map<String, Object>> events = IntStream.range(0, 3)
                        .mapToObj(
                                i -> with(with(with(shared, "key_id", keys.get(team).id().toString()), "id", number + "/" + i),
                                        "quantity", Integer.toString(i + 1)))
                        .toList();
                answers.add(CompletableFuture.supplyAsync(() -> Usage.send(teams.get(team).managementKey(), events), clients));
            }
            awaitWaiting(3 * REQUESTS);
        }
        // Then
        int accepted = 0;
        for (int request = 0; request < REQUESTS; request++) {
            var receipt = answers.get(request).get().statusCode(200).extract();
            int number = request / TEAMS / 2;
            assertThat(receipt.<List<String>>path("results.id")).containsExactly(number + "/0", number + "/1", number + "/2");
            accepted += receipt.<Integer>path("accepted");
            assertThat(receipt.<Integer>path("accepted") + receipt.<Integer>path("duplicates")).isEqualTo(3);
        }
        assertThat(accepted).isEqualTo(TEAMS * 3 * 3);
        for (TestTeam team : teams) {
            assertThat(Books.cost(team.id())).isEqualByComparingTo(new BigDecimal(6 * 3).multiply(new BigDecimal("0.5")));
            Books.audit(team.id());
        }
        Object[] ids = teams.stream().map(TestTeam::id).toArray();
        Object transactions = Database
                .value("SELECT count(DISTINCT xmin::text) FROM usage_event WHERE quantity > 0 AND team_id IN ("
                        + "?,".repeat(TEAMS - 1) + "?)", ids);
        assertThat((Long) transactions).as("one for the first request of each lane, and one for the rest")
                .isLessThanOrEqualTo(8L);
    }

    /** Seen to fail with the number of waiting events not looked at. */
    @Test
    void whoeverSendsMoreThanThereIsRoomForIsToldToComeBack() throws Exception {
        // Given
        TestTeam team = teams.get(0);
        int other = IntStream.range(1, TEAMS)
                .filter(i -> IngestQueue.laneOf(teams.get(i).id()) != IngestQueue.laneOf(team.id())).findFirst().orElseThrow();
        List<CompletableFuture<ValidatableResponse>> answers = new ArrayList<>();
        try (Held held = hold(List.of(team))) {
            for (int request = 0; request < 10; request++) {
                answers.add(CompletableFuture.supplyAsync(() -> Usage.send(team.managementKey(), thousand()), clients));
            }
            awaitWaiting(10_000);
            // When
            var response = Usage.send(team.managementKey(), List.of(event(keys.get(0).id(), meter, "1")));
            // Then
            problem(response, 429, "rate_limited").header("Retry-After", "1");
            Usage.send(teams.get(other).managementKey(), List.of(event(keys.get(other).id(), meter, "1"))).statusCode(200);
        }
        for (var answer : answers) {
            assertThat(answer.get().statusCode(200).extract().<Integer>path("accepted")).isEqualTo(1000);
        }
        Usage.record(team.managementKey(), event(keys.get(0).id(), meter, "1"));
        Books.audit(team.id());
    }

    private List<Map<String, Object>> thousand() {
        return IntStream.range(0, 1000).mapToObj(i -> event(keys.get(0).id(), meter, "1")).toList();
    }

    private void awaitWaiting(int events) {
        Awaitility.await().until(() -> queue.waiting() >= events);
    }

    /** Keeps the balances of teams locked, so that nothing of theirs is stored, until it is closed. */
    private static Held hold(List<TestTeam> teams) throws Exception {
        Connection connection = Database.connect();
        connection.setAutoCommit(false);
        try (var lock = connection
                .prepareStatement("SELECT 1 FROM ledger_account WHERE team_id = ANY (?) ORDER BY team_id FOR UPDATE")) {
            lock.setArray(1, connection.createArrayOf("uuid", teams.stream().map(TestTeam::id).toArray()));
            lock.executeQuery();
        }
        return new Held(connection);
    }

    private record Held(Connection connection) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            connection.rollback();
            connection.close();
        }
    }
}
