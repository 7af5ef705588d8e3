package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;

/** {@code TOLLKEEPER_USAGE_MAX_WAITING_EVENTS}: so many events may wait on a replica, and half as many of one team. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class WaitingEventsLimitTest {
    private static final int HALF = OperatorsChoices.WAITING_EVENTS / 2;

    private final String meter = Usage.meter();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    /** Two whose events wait, and one that does not wait behind them. */
    private final TestTeam first = teamOf(0);
    private final TestTeam second = teamOf(0);
    private final TestTeam other = teamOf(1);
    @Inject
    IngestQueue queue;

    private static TestTeam teamOf(int lane) {
        return Stream.generate(TestTeam::create).filter(team -> IngestQueue.laneOf(team.id()) == lane).findFirst()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
    }

    /** Seen to fail without the limit for all teams together. */
    @Test
    void whatTheOperatorLeavesRoomForWaitsAndTheRestIsToldToComeBack() throws Exception {
        // Given
        Usage.price(meter, "0.5");
        for (TestTeam team : List.of(first, second, other)) {
            assertThat(status(send(team, 1))).isEqualTo(200);
        }
        CompletableFuture<ValidatableResponse> ofFirst;
        CompletableFuture<ValidatableResponse> ofSecond;
        CompletableFuture<ValidatableResponse> moreOfFirst;
        CompletableFuture<ValidatableResponse> ofOther;
        try (Connection holder = holdBalances()) {
            ofFirst = send(first, HALF);
            awaitWaiting(HALF);
            // When
            moreOfFirst = send(first, 1);
            problem(moreOfFirst.get(10, TimeUnit.SECONDS), 429, "rate_limited").header("Retry-After", "1");
            ofSecond = send(second, HALF);
            awaitWaiting(2 * HALF);
            ofOther = send(other, 1);
            // Then
            problem(ofOther.get(10, TimeUnit.SECONDS), 429, "rate_limited").header("Retry-After", "1");
            holder.rollback();
        }
        assertThat(List.of(status(ofFirst), status(ofSecond))).containsOnly(200);
        assertThat(List.of(status(send(first, 1)), status(send(other, 1)))).containsOnly(200);
        assertThat(Database.value("SELECT count(*) FROM usage_event WHERE team_id = ?", first.id())).isEqualTo(HALF + 2L);
    }

    private CompletableFuture<ValidatableResponse> send(TestTeam team, int number) {
        var key = team.ordinaryKey().id();
        List<Map<String, Object>> events = IntStream.range(0, number).mapToObj(i -> event(key, meter, "1")).toList();
        return CompletableFuture.supplyAsync(() -> Usage.send(team.managementKey(), events), clients);
    }

    private static int status(CompletableFuture<ValidatableResponse> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS).extract().statusCode();
    }

    private void awaitWaiting(int events) {
        Awaitility.await().until(() -> queue.waiting() == events);
    }

    /** Keeps what two teams send from being stored. */
    private Connection holdBalances() throws Exception {
        Connection connection = Database.connect();
        connection.setAutoCommit(false);
        Database.query(connection, "SELECT 1 FROM ledger_account WHERE team_id IN (?, ?) ORDER BY team_id FOR UPDATE",
                first.id(),
                second.id());
        return connection;
    }
}
