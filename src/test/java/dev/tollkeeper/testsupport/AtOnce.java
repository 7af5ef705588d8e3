package dev.tollkeeper.testsupport;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does things at the same time. */
public final class AtOnce {
    private static final int THREADS = 16;

    private AtOnce() {
    }

    /** Does something for each number below {@code times}; answers what came of each, in order. */
    public static <T> List<T> run(int times, IntFunction<T> something) {
        List<Callable<T>> calls = IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> something.apply(i)).toList();
        var pool = Executors.newFixedThreadPool(Math.min(times, THREADS));
        try {
            return pool.invokeAll(calls).stream().map(AtOnce::get).toList();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        } finally {
            pool.shutdown();
        }
    }

    /** Does something with each of these. */
    public static <T> void each(List<T> things, Consumer<T> something) {
        run(things.size(), i -> {
            something.accept(things.get(i));
            return things.get(i);
        });
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
