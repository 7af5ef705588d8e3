package dev.tollkeeper.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that outlived its Tollkeeper, which was killed. Whoever holds the data directory's lock may stop it. */
final class OrphanedPostmaster {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OrphanedPostmaster() {
    }

    /** Stops the one that runs on a cluster, if any does. */
    static void stop(Path cluster) {
        if (!PostmasterFile.isIn(cluster)) {
            return;
        }
        try {
            ProcessHandle.of(PostmasterFile.of(cluster).pid()).filter(OrphanedPostmaster::isPostgres)
                    .ifPresent(OrphanedPostmaster::stop);
        } catch (IOException | RuntimeException unreadable) {
            // A damaged file names no process to stop; PostgreSQL itself judges it when it starts.
            System.err.println("Ignoring the postmaster.pid in " + cluster + ": " + unreadable.getMessage());
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.endsWith("postgres")).orElse(false);
    }

    private static void stop(ProcessHandle postmaster) {
        postmaster.destroy();
        try {
            postmaster.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            // What was acknowledged is in the write-ahead log: the next start recovers it.
            postmaster.destroyForcibly();
        }
    }
}
