package dev.tollkeeper.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

/**
 * Tells the log that the database is out of reach: at most one line a second, with the number of requests that met with it,
 * as there may be thousands of them.
 */
@Singleton
public class OutageLog {
    private static final Logger LOG = Logger.getLogger(OutageLog.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Consumer<String> lines;
    private final AtomicLong nextAt;
    private final LongAdder untold = new LongAdder();

    @Inject
    OutageLog() {
        this(System::nanoTime, LOG::warn);
    }

    OutageLog(LongSupplier nanoTime, Consumer<String> lines) {
        this.nanoTime = nanoTime;
        this.lines = lines;
        this.nextAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Notes a request that could not be served for it, and why. */
    public void outOfReach(Throwable failure) {
        untold.increment();
        long now = nanoTime.getAsLong();
        long due = nextAt.get();
        if (now - due >= 0 && nextAt.compareAndSet(due, now + PAUSE_NANOS)) {
            lines.accept("Database out of reach, %d requests since the last such line: %s".formatted(untold.sumThenReset(),
                    failure));
        }
    }
}
