package dev.tollkeeper.billing.reservation;

import java.time.Clock;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Writes down that reservations have expired. Nothing waits for it: whoever reads one looks at the time. */
@Singleton
class ReservationExpiry {
    private static final Logger LOG = Logger.getLogger(ReservationExpiry.class);

    private final Transactions database;
    private final ReservationRepository reservations;
    private final Clock clock;

    ReservationExpiry(Transactions database, ReservationRepository reservations, Clock clock) {
        this.database = database;
        this.reservations = reservations;
        this.clock = clock;
    }

    @Scheduled(every = "1m", identity = "reservation-expiry", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return reservations.expire(database.single(), clock.instant())
                .replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Expired reservations were not written down: %s", failed))
                .onFailure().recoverWithNull();
    }
}
