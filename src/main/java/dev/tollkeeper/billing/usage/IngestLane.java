package dev.tollkeeper.billing.usage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import dev.tollkeeper.database.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;

/**
 * Has requests' events stored, one transaction at a time. Requests that come while one is under way wait for its end, and
 * then share the next: the more there are, the larger the transactions, while whoever comes alone does not wait at all.
 * <p>
 * Lives on one event loop, so that nothing here needs a lock.
 */
final class IngestLane {
    private static final int MOST_EVENTS = 1000;

    private final Context context;
    private final Function<List<Submission>, Uni<List<List<EventResult>>>> store;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean isBusy;

    /** @param isAlone whether it shares its transaction with no other */
    private record Waiting(Submission submission, CompletableFuture<List<EventResult>> answer, boolean isAlone) {
        int size() {
            return submission.events().size();
        }

        Waiting alone() {
            return new Waiting(submission, answer, true);
        }
    }

    /**
     * A lane.
     *
     * @param context whose event loop it lives on
     * @param store stores all of some requests' events or none of them
     */
    IngestLane(Context context, Function<List<Submission>, Uni<List<List<EventResult>>>> store) {
        this.context = context;
        this.store = store;
    }

    /** What became of a request's events; told on the lane's own event loop. */
    CompletionStage<List<EventResult>> submit(Submission submission) {
        var request = new Waiting(submission, new CompletableFuture<>(), false);
        context.runOnContext(here -> {
            waiting.add(request);
            next();
        });
        return request.answer();
    }

    private void next() {
        if (isBusy || waiting.isEmpty()) {
            return;
        }
        isBusy = true;
        List<Waiting> requests = take();
        Uni.createFrom().deferred(() -> store.apply(requests.stream().map(Waiting::submission).toList()))
                .emitOn(MutinyHelper.executor(context))
                .onTermination().invoke(() -> isBusy = false)
                .subscribe().with(results -> answer(requests, results), failed -> fail(requests, failed));
    }

    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        int events = 0;
        while (!waiting.isEmpty() && fits(taken, events)) {
            Waiting request = waiting.poll();
            taken.add(request);
            events += request.size();
        }
        return taken;
    }

    private boolean fits(List<Waiting> taken, int events) {
        Waiting request = waiting.peek();
        return taken.isEmpty()
                || !taken.get(0).isAlone() && !request.isAlone() && events + request.size() <= MOST_EVENTS;
    }

    private void answer(List<Waiting> requests, List<List<EventResult>> results) {
        for (int request = 0; request < requests.size(); request++) {
            requests.get(request).answer().complete(results.get(request));
        }
        next();
    }

    private void fail(List<Waiting> requests, Throwable failure) {
        if (DatabaseFailures.isUnreachable(failure)) {
            // Those that wait would each wait for the same time limit, one after the other.
            requests.forEach(request -> request.answer().completeExceptionally(failure));
            waiting.forEach(request -> request.answer().completeExceptionally(failure));
            waiting.clear();
        } else if (requests.size() == 1) {
            requests.get(0).answer().completeExceptionally(failure);
        } else {
            // One that cannot be stored takes none of the others with it.
            for (int request = requests.size() - 1; request >= 0; request--) {
                waiting.addFirst(requests.get(request).alone());
            }
        }
        next();
    }
}
