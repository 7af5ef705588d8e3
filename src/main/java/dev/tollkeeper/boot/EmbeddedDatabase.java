package dev.tollkeeper.boot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL that Tollkeeper brings along, for trying it out and for small installations. It listens on loopback
 * only, asks for a password, and keeps what it has acknowledged: {@code fsync} is on.
 */
final class EmbeddedDatabase implements AutoCloseable {
    /** The archives that there may be: of the platform that this was built on, in an image of none. */
    private static final List<String> BINARIES = List.of("/postgres-linux-x86_64.txz", "/postgres-linux-arm_64.txz",
            "/postgres-darwin-x86_64.txz", "/postgres-darwin-arm_64.txz", "/postgres-windows-x86_64.txz");
    private static final String SUPERUSER = "postgres";
    private static final String DATABASE_PASSWORD = "database-password";
    private static final String PEPPER = "key-pepper";
    private static final String CLUSTER = "postgres";
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    private static final String ACCESS_RULES = """
            # Written by Tollkeeper: whoever connects needs the password in ../database-password.
            local all all scram-sha-256
            host  all all 127.0.0.1/32 scram-sha-256
            host  all all ::1/128      scram-sha-256
            """;

    private final DataDirectory directory;
    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(DataDirectory directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    /** Starts the database and points the service's configuration at it. */
    static EmbeddedDatabase start(Path path) {
        requireBinaries();
        DataDirectory directory = DataDirectory.take(path);
        Path cluster = directory.resolve(CLUSTER);
        String password = directory.secret(DATABASE_PASSWORD);
        OrphanedPostmaster.stop(cluster);
        secureFirst(directory, cluster, password);
        EmbeddedPostgres postgres = launch(directory, cluster, password);
        configure(path, postgres.getPort(), password, directory.secret(PEPPER));
        return new EmbeddedDatabase(directory, postgres);
    }

    /** Points a command's configuration at the database of the service that runs on this directory. */
    static void attach(Path path) {
        try {
            configure(path, PostmasterFile.of(path.resolve(CLUSTER)).port(),
                    Files.readString(path.resolve(DATABASE_PASSWORD)).strip(),
                    Files.readString(path.resolve(PEPPER)).strip());
        } catch (IOException | RuntimeException notYet) {
            throw new StartRefused("The Tollkeeper that runs on " + path + " has no database yet (" + notYet
                    + "). Try again when it is ready.");
        }
    }

    private static void configure(Path path, int port, String password, String pepper) {
        Setting.DATABASE_URL.set("postgresql://127.0.0.1:" + port + "/" + SUPERUSER);
        Setting.DATABASE_USERNAME.set(SUPERUSER);
        Setting.DATABASE_PASSWORD.set(password);
        Setting.EMBEDDED.set("true");
        if (!Setting.KEY_PEPPERS.isGiven()) {
            Setting.KEY_PEPPERS.set(pepper);
            Setting.KEY_PEPPER_FILE.set(path.resolve(PEPPER).toString());
        }
    }

    /** Images are made without them. */
    private static void requireBinaries() {
        if (BINARIES.stream().allMatch(archive -> EmbeddedDatabase.class.getResource(archive) == null)) {
            throw new StartRefused(
                    "This build brings no PostgreSQL along. Set TOLLKEEPER_DATABASE_URL to your own (15 or newer), such as "
                            + "postgresql://host:5432/tollkeeper.");
        }
    }

    /** Makes a new cluster, whose first start trusts loopback, and gives it its password before it is used. */
    private static void secureFirst(DataDirectory directory, Path cluster, String password) {
        Path accessRules = cluster.resolve("pg_hba.conf");
        try {
            if (Files.exists(accessRules) && ACCESS_RULES.equals(Files.readString(accessRules))) {
                return;
            }
            try (EmbeddedPostgres fresh = launch(directory, cluster, null)) {
                setPassword(fresh, password);
                Files.writeString(accessRules, ACCESS_RULES);
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException("the embedded database cannot be set up in " + cluster, unusable);
        }
    }

    private static void setPassword(EmbeddedPostgres postgres, String password) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // The password is hexadecimal digits of our own making: nothing in it needs quoting.
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
        } catch (SQLException refused) {
            throw new IllegalStateException("the embedded database did not take its password", refused);
        }
    }

    private static EmbeddedPostgres launch(DataDirectory directory, Path cluster, String password) {
        Path log = directory.resolve("postgres.log");
        try {
            var builder = EmbeddedPostgres.builder().setDataDirectory(cluster).setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(new File(directory.resolve("postgres-binaries").toString()))
                    .setRegisterShutdownHook(false).setPGStartupWait(START_WAIT)
                    .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on").setServerConfig("max_connections", "100")
                    .setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("password_encryption", "scram-sha-256")
                    .setOutputRedirector(Redirect.appendTo(log.toFile())).setErrorRedirector(Redirect.appendTo(log.toFile()));
            if (password != null) {
                builder.setConnectConfig("password", password);
            }
            return builder.start();
        } catch (IOException | IllegalStateException failed) {
            throw new StartRefused("The embedded database in " + cluster + " did not start (" + failed.getMessage() + "). See "
                    + log + ".");
        }
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            postgres.close();
        }
    }
}
