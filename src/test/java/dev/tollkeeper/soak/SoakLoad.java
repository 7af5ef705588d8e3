package dev.tollkeeper.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.MixedCalls;

/** Clients that call for hours, at a rate of so many a second or as fast as they can, and remember only what was not right. */
final class SoakLoad implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MOST_KINDS_OF_ERRORS = 100;
    private static final int DIGITS = 3;

    private final MixedCalls calls;
    private final ExecutorService threads;
    private final Recorder latencies = new Recorder(DIGITS);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final long intervalNanos;
    private volatile boolean going = true;

    /** Begins; a rate of zero is as fast as they can. */
    SoakLoad(MixedCalls calls, int clients, double rate) {
        this.calls = calls;
        this.intervalNanos = rate > 0 ? (long) (clients * TimeUnit.SECONDS.toNanos(1) / rate) : 0;
        this.threads = Executors.newFixedThreadPool(clients);
        List<Supplier<Call>> kinds = calls.clients();
        for (int i = 0; i < clients; i++) {
            Supplier<Call> next = kinds.get(i % kinds.size());
            threads.execute(() -> run(next));
        }
    }

    private void run(Supplier<Call> next) {
        long due = System.nanoTime();
        while (going) {
            send(next.get());
            due += intervalNanos;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                // What is late is not made up for: a pause of the machine's would become a flood.
                due -= wait;
            }
        }
    }

    private void send(Call call) {
        long before = System.nanoTime();
        String told;
        try {
            told = call.request().send(LIMIT).toString();
        } catch (Exception none) {
            told = none.toString();
        }
        latencies.recordValue(System.nanoTime() - before);
        if (going && !told.equals(calls.right(call.what()))) {
            String error = call.what() + ": " + told;
            (errors.size() < MOST_KINDS_OF_ERRORS
                    ? errors.computeIfAbsent(error, kind -> new LongAdder())
                    : errors.computeIfAbsent("more", kind -> new LongAdder())).increment();
        }
    }

    /** How long requests took since this was last asked, in nanoseconds. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /** What was not right, and how often. */
    Map<String, LongAdder> errors() {
        return errors;
    }

    @Override
    public void close() throws InterruptedException {
        going = false;
        threads.shutdown();
        if (!threads.awaitTermination(2 * LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
