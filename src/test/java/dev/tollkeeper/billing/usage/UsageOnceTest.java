package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.record;
import static dev.tollkeeper.testsupport.Usage.send;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 3 for events: (team, source, id) counts once. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageOnceTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();
    private final Map<String, Object> event = with(with(event(key.id(), meter, "1"), "metadata", Map.of("a", 1, "b", 2)),
            "model",
            "m");

    @BeforeEach
    void aUnitCostsOne() {
        Usage.price(meter, "1");
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail with {@code known} answering nothing: 500, since the ids' primary key refuses them. */
    @Test
    void anEventSentAgainIsADuplicate() {
        // Given
        record(team.managementKey(), event).body("accepted", equalTo(1));
        // When
        var response = send(team.managementKey(), List.of(event));
        // Then
        response.statusCode(200).body("accepted", equalTo(0)).body("duplicates", equalTo(1))
                .body("results[0].status", equalTo("duplicate")).body("results[0].code", nullValue());
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        Books.audit(team.id());
    }

    /** Seen to fail with the range of times judged before the known ids. */
    @Test
    void itIsADuplicateEvenWhenItIsTooOldByNow() {
        // Given
        record(team.managementKey(), event).body("accepted", equalTo(1));
        // When
        TestClock.advance(Duration.ofDays(100));
        // Then
        record(team.managementKey(), event).body("duplicates", equalTo(1));
        record(team.managementKey(), with(event, "id", "new")).body("results[0].code", equalTo("occurred_at_out_of_range"));
        record(team.managementKey(), with(event, "quantity", "2")).body("results[0].code", equalTo("event_conflict"));
        Books.audit(team.id());
    }

    /** Seen to fail with each of the fields left out of EventMark.digest. */
    @ParameterizedTest
    @CsvSource({"quantity,1.000000001", "quantity,2", "meter,other", "model,n", "model,", "metadata,", "occurred_at,",
            "key_id,"})
    void theSameIdWithOtherContentIsAConflict(String field, String value) {
        // Given
        record(team.managementKey(), event).body("accepted", equalTo(1));
        Object other = switch (field) {
            case "occurred_at" -> Instant.parse((String) event.get("occurred_at")).minusNanos(1000).toString();
            case "key_id" -> team.ordinaryKey().id().toString();
            case "metadata" -> Map.of("a", 1, "b", 3);
            default -> value;
        };
        // When
        var response = send(team.managementKey(), List.of(with(event, field, other)));
        // Then
        response.statusCode(200).body("rejected", equalTo(1)).body("results[0].code", equalTo("event_conflict"));
        record(team.managementKey(), event).body("duplicates", equalTo(1));
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        Books.audit(team.id());
    }

    @Test
    void theSameContentWrittenOtherwiseIsADuplicate() {
        // Given
        record(team.managementKey(), event).body("accepted", equalTo(1));
        var metadata = new java.util.LinkedHashMap<String, Object>();
        metadata.put("b", new java.math.BigDecimal("2.0"));
        metadata.put("a", 1);
        String inAnotherZone = Instant.parse((String) event.get("occurred_at")).atOffset(java.time.ZoneOffset.ofHours(5))
                .toString();
        // When
        var response = send(team.managementKey(), List.of(
                with(with(with(event, "quantity", 1), "metadata", metadata), "occurred_at", inAnotherZone),
                with(event, "quantity", "1.000"), with(event, "quantity", "10e-1")));
        // Then
        response.statusCode(200).body("duplicates", equalTo(3));
    }

    @Test
    void anIdIsOfItsSourceAndTeam() {
        // Given
        record(team.managementKey(), event);
        TestTeam other = TestTeam.create();
        // Then
        record(team.managementKey(), with(event, "source", "another")).body("accepted", equalTo(1));
        record(other.managementKey(), with(event, "key_id", other.ordinaryKey().id().toString())).body("accepted", equalTo(1));
    }

    @Test
    void twiceInOneRequestTheFirstCounts() {
        // When
        var response = send(team.managementKey(),
                List.of(with(event, "quantity", "-1"), event, event, with(event, "quantity", "2"), event));
        // Then
        response.statusCode(200).body("results.status",
                equalTo(List.of("rejected", "accepted", "duplicate", "rejected", "duplicate")))
                .body("results[3].code", equalTo("event_conflict"));
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        Books.audit(team.id());
    }

    /** Seen to fail (500s by the ids' primary key) without FOR UPDATE in LedgerRepository.lock. */
    @Test
    void ofManyRequestsAtOnceExactlyOneAccepts() throws InterruptedException {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(16);
        // When: the team has no account yet either, so all of them want to open it
        List<Integer> accepted = threads.invokeAll(IntStream.range(0, 16).<java.util.concurrent.Callable<Integer>>mapToObj(
                index -> () -> record(team.managementKey(), event).extract().path("accepted"))
                .toList()).stream().map(UsageOnceTest::get).toList();
        threads.shutdown();
        // Then
        assertThat(accepted).containsOnlyOnce(1).allMatch(count -> count == 0 || count == 1);
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        Books.audit(team.id());
    }

    /** Invariant 4. Seen to fail with the answer made before the commit (an unsubscribed transaction that is only started). */
    @Test
    void anEventIsAcknowledgedAfterItsCommitAndOnlyThen() throws SQLException, InterruptedException, ExecutionException {
        // Given: the commit has to wait, for somebody holds the team's row, which a deferred check of the events needs last
        record(team.managementKey(), with(event, "id", "first"));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            try (var lock = holder.prepareStatement("LOCK TABLE ledger_entry IN SHARE MODE")) {
                lock.execute();
            }
            // When
            Future<Integer> answer = threads.submit(() -> record(team.managementKey(), event).extract().path("accepted"));
            Awaitility.await().until(() -> !Database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                    + "AND query LIKE '%ledger_entry%'").isEmpty());
            // Then
            assertThat(answer.isDone()).isFalse();
            assertThat(stored()).isEqualTo(1L);
            holder.rollback();
            assertThat(answer.get()).isEqualTo(1);
            assertThat(stored()).isEqualTo(2L);
        } finally {
            threads.shutdownNow();
        }
    }

    private Object stored() {
        return Database.value("SELECT count(*) FROM usage_event WHERE team_id = ?", team.id());
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
