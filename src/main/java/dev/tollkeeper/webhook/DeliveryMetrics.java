package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Tells how attempts at deliveries end and how long they take: this replica's own, to be summed. And what waits in the outbox
 * that all replicas share: the same from each, so not to be summed.
 */
@Singleton
class DeliveryMetrics {
    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);
    private static final Duration[] BUCKETS = {Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)};
    private static final DeliveryRepository.Waiting NOTHING = new DeliveryRepository.Waiting(0, null);

    private final DeliveryRepository deliveries;
    private final Transactions database;
    private final Map<Outcome, Timer> attempts = new EnumMap<>(Outcome.class);
    private volatile DeliveryRepository.Waiting waiting = NOTHING;

    /** How an attempt ended. */
    enum Outcome {
        /** The receiver answered with a 2xx. */
        DELIVERED("delivered"),
        /** It will be tried again. */
        FAILED("failed"),
        /** It was the last one: there were as many as there may be, the receiver is gone, or it was a test. */
        GAVE_UP("gave_up");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    DeliveryMetrics(DeliveryRepository deliveries, Transactions database, MeterRegistry registry, Clock clock) {
        this.deliveries = deliveries;
        this.database = database;
        for (Outcome outcome : Outcome.values()) {
            attempts.put(outcome,
                    Timer.builder("tollkeeper.webhook.delivery").description("How long attempts at deliveries take")
                            .tag("outcome", outcome.word).serviceLevelObjectives(BUCKETS).register(registry));
        }
        Gauge.builder("tollkeeper.webhook.waiting.deliveries", this, metrics -> metrics.waiting.deliveries())
                .description("Deliveries that are to be sent, or to be sent again").register(registry);
        Gauge.builder("tollkeeper.webhook.oldest.waiting", this, metrics -> metrics.age(clock.instant()))
                .description("How long ago the event happened that waits the longest to be delivered").baseUnit("seconds")
                .register(registry);
    }

    /** Counts an attempt. */
    void count(Outcome outcome, long sinceNanos) {
        attempts.get(outcome).record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }

    @Scheduled(every = "15s", identity = "webhook-metrics", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> read() {
        return deliveries.waiting(database.single()).invoke(found -> waiting = found).replaceWithVoid()
                .onFailure().invoke(failed -> LOG.debugf("What waits for webhooks was not read: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private long age(Instant now) {
        Instant oldest = waiting.oldest();
        return oldest == null ? 0 : Duration.between(oldest, now).toSeconds();
    }
}
