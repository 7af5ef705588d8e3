package dev.tollkeeper.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class IngestLaneTest {
    private final Vertx vertx = Vertx.vertx();
    private final ProjectRef project = new ProjectRef(UUID.randomUUID(), UUID.randomUUID(), Role.ADMIN);
    /** The transactions that were begun, and how each ends once the test says so. */
    private final List<List<Submission>> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<List<List<EventResult>>>> ends = Collections.synchronizedList(new ArrayList<>());
    private final Context eventLoop = vertx.getOrCreateContext();
    private final IngestLane lane = new IngestLane(eventLoop, this::store);

    private Uni<List<List<EventResult>>> store(List<Submission> submissions) {
        var end = new CompletableFuture<List<List<EventResult>>>();
        ends.add(end);
        begun.add(submissions);
        return Uni.createFrom().completionStage(end);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Seen to fail with one request taken at a time. */
    @Test
    void requestsThatComeMeanwhileShareTheNextTransaction() {
        // Given
        var first = lane.submit(submission("first", 1));
        awaitBegun(1);
        // When
        var others = IntStream.range(0, 10).mapToObj(i -> lane.submit(submission("other " + i, 2))).toList();
        awaitSubmitted();
        end(0);
        awaitBegun(2);
        end(1);
        // Then
        assertThat(begun.get(0)).hasSize(1);
        assertThat(begun.get(1)).hasSize(10);
        assertThat(ids(first)).containsExactly("first/0");
        for (int i = 0; i < 10; i++) {
            assertThat(ids(others.get(i))).containsExactly("other " + i + "/0", "other " + i + "/1");
        }
    }

    /** Seen to fail with the number of events not looked at. */
    @Test
    void aTransactionHoldsNoMoreThanAThousandEventsUnlessOneRequestHas() {
        // Given
        var first = lane.submit(submission("first", 1));
        awaitBegun(1);
        // When
        var others = Stream.of(400, 600, 1, 1000, 999, 1, 1).map(events -> lane.submit(submission("other", events))).toList();
        awaitSubmitted();
        for (int i = 0; i < 6; i++) {
            awaitBegun(i + 1);
            end(i);
        }
        // Then
        others.forEach(other -> assertThat(ids(other)).isNotEmpty());
        assertThat(ids(first)).isNotEmpty();
        assertThat(begun.stream().map(IngestLaneTest::sizes)).containsExactly(List.of(1), List.of(400, 600), List.of(1),
                List.of(1000), List.of(999, 1), List.of(1));
    }

    /** Seen to fail with all of them told of the failure. */
    @Test
    void aRequestThatCannotBeStoredTakesNoOtherWithIt() {
        // Given
        var first = lane.submit(submission("first", 1));
        awaitBegun(1);
        var good = lane.submit(submission("good", 1));
        var bad = lane.submit(submission("bad", 1));
        var later = lane.submit(submission("later", 1));
        awaitSubmitted();
        end(0);
        awaitBegun(2);
        // When
        ends.get(1).completeExceptionally(new IllegalStateException("something in it cannot be stored"));
        // Then
        awaitBegun(3);
        end(2);
        awaitBegun(4);
        ends.get(3).completeExceptionally(new IllegalStateException("something in it cannot be stored"));
        awaitBegun(5);
        end(4);
        assertThat(begun.subList(2, 5)).extracting(requests -> requests.get(0).events().get(0).id().source())
                .containsExactly("good", "bad", "later");
        assertThat(begun.subList(2, 5)).allSatisfy(requests -> assertThat(requests).hasSize(1));
        assertThat(ids(first)).isNotEmpty();
        assertThat(ids(good)).containsExactly("good/0");
        assertThat(ids(later)).containsExactly("later/0");
        assertThatThrownBy(() -> ids(bad)).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    /** Seen to fail with those that wait left to the next transaction. */
    @Test
    void withTheDatabaseGoneNobodyWaitsForTheNextTimeLimit() {
        // Given
        var first = lane.submit(submission("first", 1));
        awaitBegun(1);
        var waiting = lane.submit(submission("waiting", 1));
        awaitSubmitted();
        // When
        ends.get(0).completeExceptionally(new ConnectException("gone"));
        // Then
        assertThatThrownBy(() -> ids(first)).hasRootCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> ids(waiting)).hasRootCauseInstanceOf(ConnectException.class);
        assertThat(begun).hasSize(1);
        var next = lane.submit(submission("next", 1));
        awaitBegun(2);
        end(1);
        assertThat(ids(next)).isNotEmpty();
    }

    private Submission submission(String source, int events) {
        return new Submission(project, IntStream.range(0, events)
                .mapToObj(i -> new UsageEvent(new EventId(source, source + "/" + i), Instant.EPOCH, KeyReference.byName("k"),
                        "m", BigDecimal.ONE, null, null))
                .toList());
    }

    private void end(int transaction) {
        ends.get(transaction).complete(begun.get(transaction).stream()
                .map(request -> request.events().stream().map(event -> EventResult.accepted(event.id().id())).toList())
                .toList());
    }

    private void awaitBegun(int transactions) {
        Awaitility.await().until(() -> begun.size() >= transactions);
    }

    /** What was submitted is in the queue once the lane's event loop has come to what came after it. */
    private void awaitSubmitted() {
        var passed = new CompletableFuture<Void>();
        eventLoop.runOnContext(here -> passed.complete(null));
        passed.join();
    }

    private static List<Integer> sizes(List<Submission> requests) {
        return requests.stream().map(request -> request.events().size()).toList();
    }

    private static List<String> ids(CompletionStage<List<EventResult>> answer) {
        return answer.toCompletableFuture().orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)
                .join().stream().map(EventResult::id).toList();
    }
}
