package dev.tollkeeper.start;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** What is still to be done when the service ends, if it can be done soon. */
public final class LastWork {
    private static final Logger LOG = Logger.getLogger(LastWork.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private LastWork() {
    }

    /**
     * Waits a second for it at most; the end goes on without what fails.
     *
     * @param otherwise what follows from that, for the log
     */
    public static void await(Uni<?> work, String otherwise) {
        work.replaceWithVoid().ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(failed -> LOG.debugf("%s: %s", otherwise, failed.toString()))
                .onFailure().recoverWithNull()
                .await().indefinitely();
    }
}
