package dev.tollkeeper.load.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.tollkeeper.load.fault.Course.Group;
import dev.tollkeeper.load.fault.Course.Outcome;
import dev.tollkeeper.testsupport.Load.Answer;

/** What clients saw, in Markdown. */
final class Report {
    private static final double MILLIS = 1000;

    private final Trial trial;

    Report(Trial trial) {
        this.trial = trial;
    }

    /** A section on one fault. */
    String of(Course course) {
        StringBuilder text = new StringBuilder("### %s%n%n%s%n%n".formatted(course.fault().name(), course.fault().does()));
        text.append("| | requests | as always | 503 by Tollkeeper | HAProxy's 5xx, or none | longest | the last failed, after it was mended |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (Group group : Group.values()) {
            List<Answer> answers = course.of(group);
            Map<Outcome, Long> outcomes = outcomes(answers);
            List<Answer> failed = answers.stream().filter(answer -> trial.outcome(answer) != Outcome.RIGHT).toList();
            text.append("| %s | %,d | %,d | %,d | %,d | %s | %s |%n".formatted(group.words(), answers.size(),
                    outcomes.getOrDefault(Outcome.RIGHT, 0L), outcomes.getOrDefault(Outcome.UNAVAILABLE, 0L),
                    outcomes.getOrDefault(Outcome.NO_ANSWER, 0L), seconds(Course.longest(answers)),
                    course.after(failed).map(Report::seconds).orElse("none failed")));
        }
        return text.append("%n%,d changes were answered as done; lost of these: **%d**.%n%n".formatted(course.acknowledged(), course.lost()))
                .toString();
    }

    private Map<Outcome, Long> outcomes(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(trial::outcome, TreeMap::new, Collectors.counting()));
    }

    /** What must not have been, in words; nothing if all is well. */
    List<String> complaints(Course course) {
        List<String> complaints = new ArrayList<>();
        complaints.addAll(listed(course, Set.of(Outcome.WRONG)));
        if (course.lost() > 0) {
            complaints.add(course.lost() + " changes were lost");
        }
        if (course.fault().noneFails()) {
            complaints.addAll(failures(course));
        }
        return complaints;
    }

    /** What was not as always, in words. */
    List<String> failures(Course course) {
        return listed(course, EnumSet.complementOf(EnumSet.of(Outcome.RIGHT)));
    }

    /** Each kind of such an answer, how often it came, and when after the fault began it did first. */
    private List<String> listed(Course course, Set<Outcome> outcomes) {
        Map<String, List<Answer>> kinds = course.answers().stream().filter(answer -> outcomes.contains(trial.outcome(answer)))
                .collect(Collectors.groupingBy(answer -> answer.what() + ": " + answer.told(), TreeMap::new, Collectors.toList()));
        return kinds.entrySet().stream().map(kind -> "%s: %s, %,d times, first at %s".formatted(outcomes, kind.getKey(),
                kind.getValue().size(), seconds(Duration.ofNanos(kind.getValue().stream().mapToLong(Answer::endNanos).min().orElseThrow()
                        - course.begunNanos())))).toList();
    }

    private static String seconds(Duration duration) {
        return "%.2f s".formatted(duration.toMillis() / MILLIS);
    }
}
