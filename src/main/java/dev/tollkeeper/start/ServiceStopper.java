package dev.tollkeeper.start;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Ends in order, once the last request is answered: first what runs by the clock, then whatever observes {@link ShutdownEvent} without a
 * priority, last the connections to the database, before the threads that serve them are gone.
 */
@Singleton
class ServiceStopper {
    private static final int FIRST = 1;
    private static final int LAST = 10_000;

    private final Scheduler scheduler;
    private final Pool pool;

    ServiceStopper(Scheduler scheduler, Pool pool) {
        this.scheduler = scheduler;
        this.pool = pool;
    }

    void pause(@Observes @Priority(FIRST) ShutdownEvent event) {
        if (scheduler.isRunning()) {
            scheduler.pause();
        }
    }

    void disconnect(@Observes @Priority(LAST) ShutdownEvent event) {
        LastWork.await(pool.close(), "The connections were not closed");
    }
}
