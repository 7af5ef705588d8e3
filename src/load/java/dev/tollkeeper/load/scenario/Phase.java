package dev.tollkeeper.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import java.time.Duration;
import java.util.List;

import io.gatling.javaapi.core.OpenInjectionStep;

/**
 * A part of a scenario, with figures of its own in the report.
 *
 * @param name as the report calls it
 * @param lasts how long requests begin in it
 * @param steps how many requests begin each second, whether or not those before are answered
 */
record Phase(String name, Duration lasts, List<OpenInjectionStep> steps) {
    private static final Duration ONSET = Duration.ofSeconds(2);

    /** More from second to second, as a replica that just started gets it from a load balancer. */
    static Phase rising(String name, int rate, Duration lasts) {
        return new Phase(name, lasts, List.of(rampUsersPerSec(1).to(rate).during(lasts).randomized()));
    }

    /** About the same number of requests each second. */
    static Phase constant(String name, int rate, Duration lasts) {
        return new Phase(name, lasts, List.of(constantUsersPerSec(rate).during(lasts).randomized()));
    }

    /** Within seconds from a rate to a higher one, for a while, and as fast back again. */
    static Phase spike(String name, int rate, int most, Duration lasts) {
        return new Phase(name, lasts.plus(ONSET).plus(ONSET),
                List.of(rampUsersPerSec(rate).to(most).during(ONSET).randomized(),
                        constantUsersPerSec(most).during(lasts).randomized(),
                        rampUsersPerSec(most).to(rate).during(ONSET).randomized()));
    }
}
