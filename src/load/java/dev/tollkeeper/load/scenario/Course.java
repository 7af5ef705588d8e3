package dev.tollkeeper.load.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked of Tollkeeper: the phases of a scenario, one right after the other. */
enum Course {
    /** The load of every day. */
    STEADY {
        @Override
        List<Phase> phases(int rate) {
            return List.of(Phase.constant("steady", rate, Settings.seconds("load.steady-seconds")));
        }
    },
    /** Many times the usual load within seconds, and the usual one again. */
    SPIKE {
        @Override
        List<Phase> phases(int rate) {
            var around = Settings.seconds("load.steady-seconds");
            int most = rate * Settings.number("load.spike-factor");
            return List.of(Phase.constant("before the spike", rate, around),
                    Phase.spike("spike", rate, most, Settings.seconds("load.spike-seconds")),
                    Phase.constant("after the spike", rate, around));
        }
    },
    /** The load of every day for long: what leaks shows. */
    SOAK {
        @Override
        List<Phase> phases(int rate) {
            return List.of(Phase.constant("soak", rate, Settings.seconds("load.soak-seconds")));
        }
    };

    abstract List<Phase> phases(int rate);

    /** The one of this name, or each for {@code all}. */
    static List<Course> named(String name) {
        List<Course> named = Arrays.stream(values()).filter(course -> "all".equals(name) || course.word().equals(name)).toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("-Dscenario=" + name + ": there are all, "
                    + Arrays.stream(values()).map(Course::word).collect(Collectors.joining(", ")));
        }
        return named;
    }

    /** As the setting names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
