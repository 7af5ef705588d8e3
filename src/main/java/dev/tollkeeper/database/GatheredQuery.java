package dev.tollkeeper.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * One query that many ask at once, each with arguments of its own. Whoever comes while others wait for the database waits
 * for the next round trip, and shares it: a round trip costs several times what running the query does. Who comes alone is
 * asked for at once.
 * <p>
 * A round trip is one implicit transaction, in which each question sees what was committed before it was run (read
 * committed). Where one fails, so do all in it.
 */
public final class GatheredQuery {
    private static final int MOST_ROUND_TRIPS = 4;
    private static final int MOST_QUESTIONS = 64;

    private final Pool pool;
    private final String statement;
    private final Duration limit;
    private final Queue<Question> waiting = new LinkedBlockingQueue<>(DatabaseLimits.MOST_WAITING);
    private final AtomicInteger roundTrips = new AtomicInteger();

    private record Question(Tuple arguments, CompletableFuture<RowSet<Row>> answer) {
    }

    /**
     * A query on any pooled connection.
     *
     * @param statement with PostgreSQL's own placeholders ({@code $1})
     * @param limit how long a round trip may take; others do not wait for it any longer
     */
    public GatheredQuery(Pool pool, String statement, Duration limit) {
        this.pool = pool;
        this.statement = statement;
        this.limit = limit;
    }

    /** The rows for these arguments; told on whichever context the round trip ended. Fails with {@link TimeoutException} at the limit. */
    public Uni<RowSet<Row>> run(Tuple arguments) {
        return Uni.createFrom().completionStage(() -> {
            var question = new Question(arguments, new CompletableFuture<>());
            if (!waiting.offer(question)) {
                throw new VertxException("Too many wait for the database", true);
            }
            send();
            return question.answer();
        });
    }

    private void send() {
        while (!waiting.isEmpty() && isBegun()) {
            List<Question> questions = take();
            if (questions.isEmpty()) {
                roundTrips.decrementAndGet();
            } else {
                ask(questions);
            }
        }
    }

    /** Whether there was room for one more round trip. */
    private boolean isBegun() {
        return roundTrips.getAndUpdate(n -> n < MOST_ROUND_TRIPS ? n + 1 : n) < MOST_ROUND_TRIPS;
    }

    /** Those who have given up meanwhile are left out. */
    private List<Question> take() {
        List<Question> questions = new ArrayList<>();
        while (questions.size() < MOST_QUESTIONS) {
            Question question = waiting.poll();
            if (question == null) {
                break;
            }
            if (!question.answer().isDone()) {
                questions.add(question);
            }
        }
        return questions;
    }

    private void ask(List<Question> questions) {
        List<Tuple> arguments = questions.stream().map(Question::arguments).toList();
        Uni.createFrom().completionStage(() -> pool.getDelegate()
                .withConnection(connection -> connection.preparedQuery(statement).executeBatch(arguments)).toCompletionStage())
                .ifNoItem().after(limit).failWith(() -> new TimeoutException("the database did not answer in time"))
                .onTermination().invoke(this::end)
                .subscribe().with(rows -> answer(questions, rows),
                        failed -> questions.forEach(question -> question.answer().completeExceptionally(failed)));
    }

    private void end() {
        roundTrips.decrementAndGet();
        send();
    }

    private static void answer(List<Question> questions, RowSet<Row> first) {
        RowSet<Row> rows = first;
        for (Question question : questions) {
            question.answer().complete(rows);
            rows = rows.next();
        }
    }
}
