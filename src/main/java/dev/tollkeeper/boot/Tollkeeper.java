package dev.tollkeeper.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.tollkeeper.admin.AdminCommandLine;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service, or with {@code admin} as the first argument runs a command of the operator's. Without a database URL it first starts a PostgreSQL of its own in the data directory; with one it
 * insists on the secrets that a shared database needs.
 */
@QuarkusMain
public final class Tollkeeper {
    private static final int CANNOT_START = 1;
    private static final int SHUTDOWN_SECONDS = 60;

    private Tollkeeper() {
    }

    /** The process's entry point. */
    public static void main(String... arguments) {
        CountDownLatch ended = new CountDownLatch(1);
        // The JVM ends when its hooks do: this one holds it until the database has stopped, after the service.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(ended), "await-database"));
        int exit;
        try {
            exit = run(arguments);
        } finally {
            ended.countDown();
        }
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private static int run(String... arguments) {
        AtomicInteger exit = new AtomicInteger();
        boolean isCommand = AdminCommandLine.isAsked(arguments);
        try (AutoCloseable database = isCommand ? CommandStart.prepare(arguments) : prepareDatabase()) {
            Quarkus.run(isCommand ? AdminCommandLine.class : null, (code, failure) -> {
                exit.set(code);
                // The service's own failures are in its log; a command keeps that quiet.
                if (isCommand && failure != null) {
                    failure.printStackTrace();
                }
            }, arguments);
        } catch (StartRefused refused) {
            System.err.println((isCommand ? "" : "Tollkeeper cannot start: ") + refused.getMessage());
            return CANNOT_START;
        } catch (Exception atShutdown) {
            System.err.println("The embedded database did not stop cleanly: " + atShutdown.getMessage());
        }
        return exit.get();
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The shutdown took longer than " + SHUTDOWN_SECONDS + " s. What was acknowledged is safe.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static AutoCloseable prepareDatabase() {
        BootstrapChecks.checkWhatIsGiven();
        RateLimitChecks.checkWhatIsGiven();
        if (Setting.READ_ONLY.read().map(Boolean::parseBoolean).orElse(false)) {
            // Nothing is changed: neither the schema, nor what is done by the clock.
            System.setProperty("quarkus.flyway.migrate-at-start", "false");
            System.setProperty("quarkus.scheduler.enabled", "false");
        }
        if (Setting.DATABASE_URL.isGiven()) {
            ExternalDatabase.checkSettings();
            return () -> {
            };
        }
        return EmbeddedDatabase.start(Setting.dataDirectory());
    }
}
