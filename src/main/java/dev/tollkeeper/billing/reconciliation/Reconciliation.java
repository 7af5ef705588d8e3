package dev.tollkeeper.billing.reconciliation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.billing.usage.UsagePartitions;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.ZoneIds;
import io.smallrye.mutiny.Uni;

/** Checks whether a team's books add up, and notes what does not. */
@Singleton
class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final LedgerCheck ledger;
    private final RollUpCheck rollUps;
    private final ReconciliationRepository repository;
    private final Clock clock;

    Reconciliation(LedgerCheck ledger, RollUpCheck rollUps, ReconciliationRepository repository, Clock clock) {
        this.ledger = ledger;
        this.rollUps = rollUps;
        this.repository = repository;
        this.clock = clock;
    }

    /** Checks the whole ledger and the roll-ups of the months that are not closed; notes and tells what does not add up. */
    Uni<Drift> checkOpenMonths(UUID teamId) {
        Instant now = clock.instant();
        return repository.openSince(teamId)
                .map(since -> openMonths(since, now))
                .chain(range -> check(teamId, range).invoke(drift -> tell(teamId, range, drift)))
                .call(drift -> repository.note(teamId, drift, now));
    }

    /** Checks the whole ledger, and the roll-up of a range from a full hour to a full hour. */
    Uni<Drift> check(UUID teamId, DateRange range) {
        return ledger.balances(teamId)
                .chain(balances -> ledger.grants(teamId)
                        .chain(grants -> rollUps.compare(teamId, range)
                                .map(compared -> new Drift(balances, grants, compared))));
    }

    /** Builds the roll-up of such a range anew. */
    Uni<Void> rebuild(UUID teamId, DateRange range) {
        return rollUps.rebuild(teamId, range);
    }

    private static DateRange openMonths(Optional<Instant> since, Instant now) {
        Instant start = since.orElseGet(() -> month(UsagePartitions.oldest(now)).start());
        // Events may be a little ahead.
        Instant end = month(now).end().plus(Duration.ofHours(1));
        return new DateRange(start, end);
    }

    private static DateRange month(Instant time) {
        return BillingPeriod.of(time, ZoneIds.UTC).range(ZoneIds.UTC);
    }

    private static void tell(UUID teamId, DateRange range, Drift drift) {
        if (!drift.isNone()) {
            LOG.errorf("The books of team %s do not add up between %s and %s: %s", teamId, range.start(), range.end(), drift);
        }
    }
}
