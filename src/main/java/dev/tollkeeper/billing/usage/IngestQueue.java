package dev.tollkeeper.billing.usage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.CallersContext;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/**
 * Where requests wait for their events to be stored. A team's go by one lane, so that they never wait for each other's lock on
 * the balance. There is room for a fixed number of events, and for half as many of one team: whoever comes when it is full is
 * told to come back, before memory runs out. Made at the start, so that its metrics are told from then on.
 */
@Startup
@Singleton
class IngestQueue {
    private static final int LANES = 4;
    private static final int LEAST_ROOM = 2000;
    private static final Duration WHEN_FULL = Duration.ofSeconds(1);

    private final List<IngestLane> lanes;
    private final int room;
    private final Timer stored;
    private final DistributionSummary batches;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<UUID, Integer> waitingOfTeam = new ConcurrentHashMap<>();

    IngestQueue(Ingest ingest, IngestSettings settings, Vertx vertx, MeterRegistry registry) {
        this.batches = DistributionSummary.builder("tollkeeper.usage.batch").baseUnit("events")
                .description("Events that were stored in one transaction").register(registry);
        this.stored = Timer.builder("tollkeeper.usage.store")
                .description("How long a request's events wait until they are stored")
                .register(registry);
        this.lanes = Stream.generate(() -> new IngestLane(((VertxInternal) vertx).createEventLoopContext(), batch -> {
            batches.record(batch.stream().mapToInt(submission -> submission.events().size()).sum());
            return ingest.store(batch);
        }))
                .limit(LANES).toList();
        this.room = settings.maxWaitingEvents();
        if (room < LEAST_ROOM) {
            throw new IllegalArgumentException("TOLLKEEPER_USAGE_MAX_WAITING_EVENTS must be at least " + LEAST_ROOM
                    + ": a request may hold 1000 events, and one team has half of the room.");
        }
        Gauge.builder("tollkeeper_usage_waiting_events", this::waiting)
                .description("Events that were sent and are not stored yet").register(registry);
    }

    /**
     * What became of a request's events; the item comes after the commit, where the caller is.
     *
     * @return fails at once with 429 where there is no room
     */
    Uni<List<EventResult>> submit(Submission submission) {
        UUID team = submission.project().teamId();
        int events = submission.events().size();
        enter(team, events);
        Timer.Sample since = Timer.start();
        return CallersContext.resume(() -> lanes.get(laneOf(team)).submit(submission)
                .whenComplete((results, failed) -> {
                    since.stop(stored);
                    leave(team, events);
                }));
    }

    /** The lane that a team's requests go by. */
    static int laneOf(UUID team) {
        return Math.floorMod(team.hashCode(), LANES);
    }

    /** How many events were sent and are not stored yet. */
    int waiting() {
        return waiting.get();
    }

    private void enter(UUID team, int events) {
        int all = waiting.addAndGet(events);
        int ofTeam = waitingOfTeam.merge(team, events, Integer::sum);
        if (all > room || ofTeam > room / 2) {
            leave(team, events);
            throw DomainError.tryLater(ErrorCode.RATE_LIMITED,
                    "More events wait to be stored than there is room for. Send these again after a moment: events that were "
                            + "stored are not counted twice.",
                    WHEN_FULL);
        }
    }

    private void leave(UUID team, int events) {
        waiting.addAndGet(-events);
        waitingOfTeam.computeIfPresent(team, (id, count) -> count == events ? null : count - events);
    }
}
