package dev.tollkeeper.boot;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.tollkeeper.admin.AdminCommandLine;

/**
 * What a command of the operator's needs before it runs: the database of an installation, and nothing that makes this process a
 * replica of it. It listens nowhere, does no scheduled work, and neither migrates nor begins a database.
 */
final class CommandStart {
    private CommandStart() {
    }

    static AutoCloseable prepare(String... arguments) {
        Setting.ADMIN.set("true");
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("quarkus.flyway.migrate-at-start", "false");
        // What a command has to say, its failure too, it prints itself.
        System.setProperty("quarkus.log.console.level", "OFF");
        if (!Setting.REQUEST_TIMEOUT.isGiven()) {
            Setting.REQUEST_TIMEOUT.set("1h");
        }
        if (AdminCommandLine.isHelpAsked(arguments)) {
            configureNone();
            return () -> {
            };
        }
        if (Setting.DATABASE_URL.isGiven()) {
            ExternalDatabase.checkCommand();
            return () -> {
            };
        }
        return embedded(Setting.dataDirectory());
    }

    /** Help is about no installation. */
    private static void configureNone() {
        if (!Setting.DATABASE_URL.isGiven()) {
            Setting.DATABASE_URL.set("postgresql://127.0.0.1:1/none");
            Setting.DATABASE_PASSWORD.set("none");
        }
        if (!Setting.KEY_PEPPERS.isGiven()) {
            Setting.KEY_PEPPERS.set("not used: help is about no installation");
        }
    }

    private static AutoCloseable embedded(Path directory) {
        if (!Files.isDirectory(directory.resolve("postgres"))) {
            throw new StartRefused("There is no installation in " + directory
                    + ". Set TOLLKEEPER_DATABASE_URL, or TOLLKEEPER_DATA_DIR to the service's data directory.");
        }
        if (DataDirectory.isTaken(directory)) {
            EmbeddedDatabase.attach(directory);
            return () -> {
            };
        }
        return EmbeddedDatabase.start(directory);
    }
}
