package dev.tollkeeper.boot;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.InvalidCurrencyException;
import dev.tollkeeper.team.Passwords;

/** Checks what the first start is told, before anything is started: a refusal is one sentence, not a stack trace. */
final class BootstrapChecks {
    private static final int LONGEST_EMAIL = 254;

    private BootstrapChecks() {
    }

    /** Refuses settings that cannot be taken. */
    static void checkWhatIsGiven() {
        Setting.BOOTSTRAP_ADMIN_EMAIL.read().ifPresent(BootstrapChecks::checkEmail);
        Setting.BOOTSTRAP_ADMIN_PASSWORD.read().ifPresent(BootstrapChecks::checkPassword);
        Setting.BOOTSTRAP_CURRENCY.read().ifPresent(BootstrapChecks::checkCurrency);
        Setting.BOOTSTRAP_MANAGEMENT_KEY.read().ifPresent(BootstrapChecks::checkManagementKey);
    }

    /** Refuses to begin an empty database without an operator. One that cannot be asked fails later, in Flyway. */
    static void checkWhatAnEmptyDatabaseNeeds() {
        if (Setting.BOOTSTRAP_ADMIN_EMAIL.isGiven() && Setting.BOOTSTRAP_ADMIN_PASSWORD.isGiven()) {
            return;
        }
        if (!isBegun()) {
            Setting missing = Setting.BOOTSTRAP_ADMIN_EMAIL.isGiven()
                    ? Setting.BOOTSTRAP_ADMIN_PASSWORD
                    : Setting.BOOTSTRAP_ADMIN_EMAIL;
            throw new StartRefused("The database is empty: set " + missing.environmentName() + " for its first operator.");
        }
    }

    /** Whether the database holds an installation. */
    static boolean isBegun() {
        String url = "jdbc:" + Setting.DATABASE_URL.read().orElseThrow();
        try (Connection connection = DriverManager.getConnection(url, Setting.DATABASE_USERNAME.read().orElseThrow(),
                Setting.DATABASE_PASSWORD.read().orElseThrow()); Statement statement = connection.createStatement()) {
            return !isEmpty(statement);
        } catch (SQLException unreachable) {
            throw new StartRefused(
                    "The database at TOLLKEEPER_DATABASE_URL cannot be used (" + unreachable.getMessage() + ").");
        }
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet table = statement.executeQuery("SELECT to_regclass('app_user') IS NULL")) {
            table.next();
            if (table.getBoolean(1)) {
                return true;
            }
        }
        try (ResultSet users = statement.executeQuery("SELECT NOT EXISTS (SELECT 1 FROM app_user)")) {
            users.next();
            return users.getBoolean(1);
        }
    }

    private static void checkEmail(String email) {
        if (!email.matches("[^@\\s]+@[^@\\s]+") || email.length() > LONGEST_EMAIL) {
            throw new StartRefused("TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL must be an email address.");
        }
    }

    private static void checkPassword(String password) {
        boolean sample = password.toLowerCase(Locale.ROOT).matches(".*(change.?me|example|sample).*|password.?|.*12345678.*");
        if (password.length() < Passwords.MIN_LENGTH || password.length() > Passwords.MAX_LENGTH || sample) {
            throw new StartRefused(
                    "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD is too short, too long or a sample. Set it to one of your "
                            + "own of " + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH + " characters.");
        }
    }

    private static void checkCurrency(String code) {
        try {
            CurrencyInfo.of(code);
        } catch (InvalidCurrencyException unknown) {
            throw new StartRefused("TOLLKEEPER_BOOTSTRAP_CURRENCY must be an ISO 4217 code such as EUR.");
        }
    }

    private static void checkManagementKey(String text) {
        if (KeySecret.parse(text).filter(key -> key.kind() == KeyKind.MANAGEMENT).isEmpty()) {
            throw new StartRefused(
                    "TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY is not a management key: it must be tkm_ followed by 43 "
                            + "characters and a checksum. Leave it out to have one made later.");
        }
    }
}
