package dev.tollkeeper.billing.reconciliation;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Checks every team's books now and then: its whole ledger, and the roll-ups of the months that are not closed. Replicas share the teams. */
@Singleton
class ReconciliationJob {
    private static final Logger LOG = Logger.getLogger(ReconciliationJob.class);
    private static final int TEAMS_AT_ONCE = 50;

    private final ReconciliationRepository repository;
    private final Reconciliation reconciliation;
    private final ReconciliationSettings settings;
    private final Clock clock;

    ReconciliationJob(ReconciliationRepository repository, Reconciliation reconciliation, ReconciliationSettings settings,
            Clock clock) {
        this.repository = repository;
        this.reconciliation = reconciliation;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "${tollkeeper.jobs.reconciliation:1m}", delayed = "1m", identity = "reconciliation", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> check() {
        Instant now = clock.instant();
        return repository.claim(now, now.minus(settings.every()), TEAMS_AT_ONCE)
                .onItem().transformToMulti(teams -> Multi.createFrom().iterable(teams))
                .onItem().transformToUniAndConcatenate(this::check)
                .collect().asList()
                .chain(checked -> checked.isEmpty() ? Uni.createFrom().voidItem() : check())
                .onFailure().invoke(failed -> LOG.warnf("Books were not checked: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private Uni<UUID> check(UUID teamId) {
        return reconciliation.checkOpenMonths(teamId).replaceWith(teamId)
                .onFailure().invoke(failed -> LOG.warnf("The books of team %s were not checked: %s", teamId, failed.toString()))
                .onFailure().recoverWithItem(teamId);
    }
}
