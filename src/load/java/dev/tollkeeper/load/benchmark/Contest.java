package dev.tollkeeper.load.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two servers asked in turn, round by round, so that what disturbs the machine disturbs both.
 *
 * @param name what is compared
 * @param least the ratio that is wanted
 */
record Contest(String name, double least, Side yardstick, Side tollkeeper) {

    /** One of the two: the requests, and where they go. */
    record Side(Path script, int port) {
    }

    /** What came of it: the measures of each round. */
    record Outcome(Contest contest, List<Wrk.Measure> yardstick, List<Wrk.Measure> tollkeeper) {
        /** The median over the rounds. */
        static double median(List<Wrk.Measure> rounds, ToDoubleFunction<Wrk.Measure> figure) {
            return Rounds.median(rounds.stream().map(figure::applyAsDouble).toList());
        }

        double ratio() {
            return median(tollkeeper, Wrk.Measure::perSecond) / median(yardstick, Wrk.Measure::perSecond);
        }

        double p99Ratio() {
            return median(tollkeeper, Wrk.Measure::p99Millis) / median(yardstick, Wrk.Measure::p99Millis);
        }

        /** A line of the table. */
        String line() {
            return "| %s | %,.0f | %,.0f | **%.2f** | %.2f | %.1f ms | %.1f ms | %.2f | %s | %s |".formatted(contest.name,
                    median(yardstick, Wrk.Measure::perSecond), median(tollkeeper, Wrk.Measure::perSecond), ratio(), contest.least,
                    median(yardstick, Wrk.Measure::p99Millis), median(tollkeeper, Wrk.Measure::p99Millis), p99Ratio(), spread(yardstick),
                    spread(tollkeeper));
        }

        /** How far the rounds lay apart, in per cent of the median. */
        private static String spread(List<Wrk.Measure> rounds) {
            return Rounds.spread(rounds.stream().map(Wrk.Measure::perSecond).toList());
        }
    }

    /** Head of the table. */
    static String head() {
        return "| | bare, req/s | Tollkeeper, req/s | ratio | wanted | bare p99 | Tollkeeper p99 | ratio | bare's rounds | Tollkeeper's rounds |\n"
                + "|---|---|---|---|---|---|---|---|---|---|";
    }

    /** Warms each up until it gets no faster, then measures them in turn. */
    Outcome hold(Wrk wrk, int rounds, int seconds, int warmUpSeconds) throws Exception {
        for (Side side : List.of(yardstick, tollkeeper)) {
            WarmUp.until(() -> wrk.run(side.script, side.port, seconds).perSecond(), seconds, warmUpSeconds);
        }
        List<Wrk.Measure> bare = new ArrayList<>();
        List<Wrk.Measure> ours = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            bare.add(wrk.run(yardstick.script, yardstick.port, seconds));
            ours.add(wrk.run(tollkeeper.script, tollkeeper.port, seconds));
            System.out.printf("%s, round %d: %,.0f and %,.0f%n", name, round + 1, bare.get(round).perSecond(),
                    ours.get(round).perSecond());
        }
        return new Outcome(this, bare, ours);
    }
}
