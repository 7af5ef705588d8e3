package dev.tollkeeper.load.fault;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.tollkeeper.testsupport.Load.Answer;
import dev.tollkeeper.testsupport.MixedCalls;

/**
 * What clients saw of one fault.
 *
 * @param answers every one
 * @param begunNanos when it began to fail
 * @param mendedNanos when it was mended
 * @param acknowledged changes that were answered as done: keys made and revoked, and usage recorded
 * @param lost how many of those are not done
 */
record Course(Fault fault, List<Answer> answers, long begunNanos, long mendedNanos, long acknowledged, long lost) {
    private static final String UNAVAILABLE = "503 unavailable";

    /** Requests that are alike in what they need. */
    enum Group {
        KNOWN("known keys"),
        REVOKED("revoked keys"),
        OTHERS("everything else");

        private final String words;

        Group(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean has(String what) {
            return this == of(what);
        }

        private static Group of(String what) {
            if (what.startsWith(MixedCalls.KNOWN)) {
                return KNOWN;
            }
            return what.startsWith(MixedCalls.REVOKED) ? REVOKED : OTHERS;
        }
    }

    /** What became of a request. */
    enum Outcome {
        RIGHT,
        /** Told by Tollkeeper that it cannot tell now. */
        UNAVAILABLE,
        /** HAProxy's own answer, or none. */
        NO_ANSWER,
        WRONG
    }

    /** What became of a request whose right answer this is. */
    static Outcome outcome(Answer answer, String right) {
        if (answer.told().equals(right)) {
            return Outcome.RIGHT;
        }
        if (answer.told().equals(UNAVAILABLE)) {
            return Outcome.UNAVAILABLE;
        }
        return answer.told().startsWith("0 ") || answer.told().matches("50[234]") ? Outcome.NO_ANSWER : Outcome.WRONG;
    }

    List<Answer> of(Group group) {
        return answers.stream().filter(answer -> group.has(answer.what())).toList();
    }

    /** The longest that one of these waited. */
    static Duration longest(List<Answer> answers) {
        return answers.stream().map(Answer::took).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** How long after it was mended the last of these ended. */
    Optional<Duration> after(List<Answer> failed) {
        return failed.stream().map(Answer::endNanos).max(Comparator.naturalOrder())
                .map(last -> Duration.ofNanos(Math.max(0, last - mendedNanos)));
    }
}
