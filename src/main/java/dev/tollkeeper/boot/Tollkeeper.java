package dev.tollkeeper.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service. Without a database URL it first starts a PostgreSQL of its own in the data directory; with one it
 * insists on the secrets that a shared database needs.
 */
@QuarkusMain
public final class Tollkeeper {
    private static final int CANNOT_START = 1;

    private Tollkeeper() {
    }

    /** The process's entry point. */
    public static void main(String... arguments) {
        try (AutoCloseable database = prepareDatabase()) {
            Quarkus.run(arguments);
        } catch (StartRefused refused) {
            System.err.println("Tollkeeper cannot start: " + refused.getMessage());
            System.exit(CANNOT_START);
        } catch (Exception atShutdown) {
            System.err.println("The embedded database did not stop cleanly: " + atShutdown.getMessage());
        }
    }

    private static AutoCloseable prepareDatabase() {
        if (Setting.DATABASE_URL.isGiven()) {
            ExternalDatabase.checkSettings();
            return () -> {
            };
        }
        return EmbeddedDatabase.start(Setting.dataDirectory());
    }
}
