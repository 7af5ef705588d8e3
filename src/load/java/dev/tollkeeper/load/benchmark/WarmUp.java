package dev.tollkeeper.load.benchmark;

import java.util.concurrent.Callable;

/** Rounds that are not counted: a server needs long to become as fast as it will be. */
public final class WarmUp {
    private static final double NOTICEABLE = 1.05;
    private static final int ROUNDS_WITHOUT_GAIN = 2;

    private WarmUp() {
    }

    /**
     * Runs rounds until twice in succession one was not faster by a twentieth than the best before, or the time is over.
     *
     * @param round runs one, and answers how many a second it was
     * @param seconds how long a round takes
     * @param mostSeconds the time
     */
    public static void until(Callable<Double> round, int seconds, int mostSeconds) throws Exception {
        double best = 0;
        int withoutGain = 0;
        for (int spent = 0; withoutGain < ROUNDS_WITHOUT_GAIN && spent < mostSeconds; spent += seconds) {
            double now = round.call();
            withoutGain = now < best * NOTICEABLE ? withoutGain + 1 : 0;
            best = Math.max(best, now);
        }
    }
}
