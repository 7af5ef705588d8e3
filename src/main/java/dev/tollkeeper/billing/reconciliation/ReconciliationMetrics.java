package dev.tollkeeper.billing.reconciliation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Tells what was found to drift, whichever replica found it, and how long ago the team was checked that waits the longest. */
@Singleton
class ReconciliationMetrics {
    private static final Logger LOG = Logger.getLogger(ReconciliationMetrics.class);

    private final ReconciliationRepository repository;
    private final MultiGauge drift;
    private volatile Instant longestAgo;

    ReconciliationMetrics(ReconciliationRepository repository, MeterRegistry registry, Clock clock) {
        this.repository = repository;
        this.drift = MultiGauge.builder("tollkeeper.reconciliation.drift")
                .description("Balances, sums of grants and rows of roll-ups that are not what they are derived from")
                .register(registry);
        Gauge.builder("tollkeeper.reconciliation.age", this, metrics -> metrics.age(clock.instant()))
                .description("How long ago the team's books were checked that wait the longest").baseUnit("seconds")
                .register(registry);
    }

    @Scheduled(every = "1m", identity = "reconciliation-metrics", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> read() {
        return repository.totals().invoke(this::tell).replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("What drifts was not read: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private void tell(ReconciliationRepository.Totals totals) {
        drift.register(List.of(row("balances", totals.balances()), row("grants", totals.grants()),
                row("roll_ups", totals.rollUps())), true);
        longestAgo = totals.checkedAt();
    }

    private static MultiGauge.Row<?> row(String what, long number) {
        return MultiGauge.Row.of(Tags.of("what", what), number);
    }

    private long age(Instant now) {
        return longestAgo == null ? 0 : Duration.between(longestAgo, now).toSeconds();
    }
}
