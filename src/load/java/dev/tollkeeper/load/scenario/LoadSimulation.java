package dev.tollkeeper.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;

/**
 * Warms the service up, then puts it through one course or each in turn. Fails where a request is lost or wrongly judged, and
 * where a phase answers too slowly.
 */
public final class LoadSimulation extends Simulation {
    private static final String WARM_UP = "warm-up";
    private static final double P99 = 99;
    private static final long SEED = 11;

    private final List<Course> courses = Course.named(Settings.text("scenario"));
    private final int rate = Settings.number("load.rate");
    private final Installation installation;
    private final Calls calls;
    private final List<String> memory = new ArrayList<>();

    /** Gatling makes it, with everything that it asks. */
    public LoadSimulation() throws Exception {
        installation = Installation.ready();
        calls = new Calls(installation.keys().management());
        setUp(warmUp().andThen(after(WARM_UP, courses)))
                .protocols(http.baseUrl(installation.url()).shareConnections().disableWarmUp().disableFollowRedirect())
                .assertions(assertions());
    }

    private PopulationBuilder warmUp() {
        return scenario(WARM_UP).exec(any(WARM_UP))
                .injectOpen(Phase.rising(WARM_UP, rate, Settings.seconds("load.warm-up-seconds")).steps());
    }

    /** Looks at the memory when all before has ended, and goes on with the courses that are left. */
    private PopulationBuilder after(String ended, List<Course> left) {
        PopulationBuilder look = scenario("memory after " + ended).exec(session -> remember(ended, session)).injectOpen(atOnceUsers(1));
        return left.isEmpty() ? look : look.andThen(phases(left.get(0), left.subList(1, left.size())));
    }

    /** All phases begin to be at once and wait for their turn, so that none waits for the answers to the one before. */
    private PopulationBuilder[] phases(Course course, List<Course> left) {
        var populations = new ArrayList<PopulationBuilder>();
        Duration begin = Duration.ZERO;
        for (Phase phase : course.phases(rate)) {
            populations.add(population(phase, begin));
            begin = begin.plus(phase.lasts());
        }
        int last = populations.size() - 1;
        populations.set(last, populations.get(last).andThen(after(course.word(), left)));
        return populations.toArray(PopulationBuilder[]::new);
    }

    private PopulationBuilder population(Phase phase, Duration begin) {
        var steps = new ArrayList<OpenInjectionStep>(phase.steps());
        if (!begin.isZero()) {
            steps.add(0, nothingFor(begin));
        }
        return scenario(phase.name()).exec(any(phase.name())).injectOpen(steps);
    }

    private ChainBuilder any(String phase) {
        return feed(new Presented(installation.keys(), SEED)).exec(group(phase).on(calls.any()));
    }

    private List<Assertion> assertions() {
        int p99 = Settings.number("load.p99-millis");
        var assertions = new ArrayList<>(List.of(global().failedRequests().count().is(0L)));
        courses.stream().flatMap(course -> course.phases(rate).stream())
                .map(phase -> details(phase.name()).responseTime().percentile(P99).lt(p99)).forEach(assertions::add);
        return assertions;
    }

    private Session remember(String ended, Session session) {
        try {
            memory.add("after " + ended + ": " + installation.memory().now());
            return session;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("the service does not tell its memory", failed);
        }
    }

    @Override
    public void after() {
        System.out.println("Memory of the service:");
        memory.forEach(System.out::println);
        try {
            installation.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
