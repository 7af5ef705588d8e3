package dev.tollkeeper.boot;

import java.util.Arrays;
import java.util.List;

import dev.tollkeeper.secret.Peppers;

/** What a start on a database of the operator's own needs before it is worth connecting. */
final class ExternalDatabase {
    private ExternalDatabase() {
    }

    static void checkSettings() {
        checkConnection();
        BootstrapChecks.checkWhatAnEmptyDatabaseNeeds();
    }

    /** A command begins no database. */
    static void checkCommand() {
        checkConnection();
        if (!BootstrapChecks.isBegun()) {
            throw new StartRefused(
                    "The database at TOLLKEEPER_DATABASE_URL holds no installation: start the service on it first.");
        }
    }

    private static void checkConnection() {
        String url = Setting.DATABASE_URL.read().orElseThrow();
        if (!url.matches("postgresql://[^\\s/@]+/[^\\s/]+")) {
            throw new StartRefused(
                    "TOLLKEEPER_DATABASE_URL must look like postgresql://host:5432/name; user and password go into "
                            + "TOLLKEEPER_DATABASE_USERNAME and TOLLKEEPER_DATABASE_PASSWORD.");
        }
        require(Setting.DATABASE_USERNAME);
        require(Setting.DATABASE_PASSWORD);
        List<String> peppers = Setting.KEY_PEPPERS.read().map(text -> Arrays.asList(text.split(","))).orElse(List.of());
        try {
            Peppers.parse(peppers);
        } catch (IllegalArgumentException missing) {
            throw new StartRefused(missing.getMessage());
        }
    }

    private static void require(Setting setting) {
        if (!setting.isGiven()) {
            throw new StartRefused("Set " + setting.environmentName() + "; with TOLLKEEPER_DATABASE_URL it has no default.");
        }
    }
}
