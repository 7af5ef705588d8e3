package dev.tollkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Each asker gets its own answer, however they share round trips, and whatever becomes of the others. */
@QuarkusTest
class GatheredQueryTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Those who begin when all come at once: the first of each round trip goes alone. */
    private static final int ROUND_TRIPS = 4;
    private static final int LOCK = 4711;

    @Inject
    Pool pool;

    @Test
    void eachGetsItsOwnRows() {
        // Given
        var query = new GatheredQuery(pool, "SELECT n FROM generate_series(1, $1::int) AS n", LIMIT);
        // When
        List<CompletableFuture<RowSet<Row>>> answers = IntStream.range(0, 1000).mapToObj(n -> ask(query, n)).toList();
        // Then
        for (int n = 0; n < answers.size(); n++) {
            assertThat(answers.get(n).join().rowCount()).isEqualTo(n);
        }
    }

    @Test
    void thoseWhoComeWhileOthersWaitShareARoundTrip() throws Exception {
        // Given
        var query = new GatheredQuery(pool, "SELECT pg_backend_pid(), now(), pg_advisory_xact_lock_shared($1::int)", LIMIT);
        List<CompletableFuture<RowSet<Row>>> answers;
        try (Connection blocker = Database.connect(); var statement = blocker.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            // When
            answers = IntStream.range(0, 100).mapToObj(n -> ask(query, LOCK)).toList();
            Awaitility.await().until(() -> waiting() == ROUND_TRIPS);
        }
        // Then
        Set<String> transactions = new HashSet<>();
        for (var answer : answers) {
            Row row = answer.join().iterator().next();
            transactions.add(row.getInteger(0) + " " + row.getValue(1));
        }
        assertThat(transactions).hasSize(ROUND_TRIPS + 2);
    }

    @Test
    void aFailureIsThatOfItsRoundTripOnly() {
        // Given
        var query = new GatheredQuery(pool, "SELECT 1 / $1::int", LIMIT);
        // When
        for (int i = 0; i < 3 * ROUND_TRIPS; i++) {
            // Then
            assertThatThrownBy(() -> ask(query, 0).join()).hasMessageContaining("division by zero");
        }
        assertThat(ask(query, 1).join().iterator().next().getInteger(0)).isEqualTo(1);
    }

    @Test
    void noneWaitsLongForThoseThatHang() throws Exception {
        // Given
        var query = new GatheredQuery(pool, "SELECT pg_advisory_xact_lock_shared($1::int)", Duration.ofMillis(300));
        List<CompletableFuture<RowSet<Row>>> hanging;
        try (Connection blocker = Database.connect(); var statement = blocker.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            hanging = IntStream.range(0, ROUND_TRIPS).mapToObj(n -> ask(query, LOCK)).toList();
            // When
            RowSet<Row> other = ask(query, LOCK + 1).join();
            // Then
            assertThat(other.rowCount()).isEqualTo(1);
        }
        hanging.forEach(one -> assertThatThrownBy(one::join).matches(DatabaseFailures::isUnreachable));
    }

    @Test
    void whoHasGivenUpIsNotAskedFor() throws Exception {
        // Given
        var query = new GatheredQuery(pool, "SELECT pg_advisory_xact_lock_shared($1::int), 1 / $2::int", LIMIT);
        List<CompletableFuture<RowSet<Row>>> first;
        CompletableFuture<RowSet<Row>> last;
        try (Connection blocker = Database.connect(); var statement = blocker.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            first = IntStream.range(0, ROUND_TRIPS)
                    .mapToObj(n -> query.run(Tuple.of(LOCK, 1)).subscribeAsCompletionStage()).toList();
            var gone = query.run(Tuple.of(LOCK, 0)).subscribeAsCompletionStage();
            last = query.run(Tuple.of(LOCK, 1)).subscribeAsCompletionStage();
            // When
            gone.cancel(true);
        }
        // Then
        assertThat(last.join().rowCount()).isEqualTo(1);
        assertThat(first).allSatisfy(one -> assertThat(one.join().rowCount()).isEqualTo(1));
    }

    private static CompletableFuture<RowSet<Row>> ask(GatheredQuery query, int argument) {
        return query.run(Tuple.of(argument)).subscribeAsCompletionStage();
    }

    private static long waiting() {
        return (Long) Database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    }
}
