package dev.tollkeeper.billing.ledger;

import java.time.Clock;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Books the expiry of credit that nobody asks about: so that stored balances, which checks of keys read, stay right. */
@Singleton
class CreditExpiry {
    private static final Logger LOG = Logger.getLogger(CreditExpiry.class);

    private final Transactions database;
    private final Ledger ledger;
    private final CreditRepository credits;
    private final Clock clock;

    CreditExpiry(Transactions database, Ledger ledger, CreditRepository credits, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.credits = credits;
        this.clock = clock;
    }

    @Scheduled(every = "1m", identity = "credit-expiry", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return credits.teamsWithDue(database.single(), clock.instant())
                .onItem().transformToMulti(teams -> Multi.createFrom().iterable(teams))
                .onItem().transformToUniAndConcatenate(this::expire)
                .collect().last().replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Credit that is due was not expired: %s", failed));
    }

    private Uni<UUID> expire(UUID team) {
        return database.run(sql -> ledger.lock(sql, team)).replaceWith(team)
                .onFailure().invoke(failed -> LOG.warnf("Credit of team %s was not expired: %s", team, failed))
                .onFailure().recoverWithItem(team);
    }
}
