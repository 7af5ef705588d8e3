package dev.tollkeeper.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A database with many keys, and Tollkeepers on it. The database is kept for the next run, as filling it takes a while. */
public final class Stage implements AutoCloseable {
    private static final String JDBC = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&password=postgres";
    private static final Pepper PEPPER = Peppers.parse(List.of(TestSettings.PEPPER)).get(0);

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final Population population;

    private Stage(Path directory, EmbeddedPostgres postgres, Population population) {
        this.directory = directory;
        this.postgres = postgres;
        this.population = population;
    }

    /** Sets up a database of so many keys, of which so many are in use. */
    public static Stage of(Path parent, int keys, int inUse) throws Exception {
        Path directory = Files.createDirectories(parent.resolve(keys + "-keys-" + inUse + "-in-use"));
        Path marker = directory.resolve("filled");
        EmbeddedPostgres postgres = start(directory, false);
        try {
            if (Files.exists(marker)) {
                return new Stage(directory, postgres, Population.read(marker));
            }
            new Stage(directory, postgres, null).migrate();
            System.out.printf("Making %,d keys, once…%n", keys);
            var population = Population.fill(JDBC.formatted(postgres.getPort()), PEPPER, keys, inUse);
            population.write(marker);
            return new Stage(directory, postgres, population);
        } catch (Exception failed) {
            postgres.close();
            throw failed;
        }
    }

    /** Sets up a database that holds nothing but its tables. */
    public static Stage empty(Path parent, String name) throws Exception {
        Path directory = Files.createDirectories(parent.resolve(name));
        var stage = new Stage(directory, start(directory, true), null);
        stage.migrate();
        return stage;
    }

    private static EmbeddedPostgres start(Path directory, boolean anew) throws IOException {
        return EmbeddedPostgres.builder().setDataDirectory(directory.resolve("postgres")).setCleanDataDirectory(anew)
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("shared_buffers", "1GB").setServerConfig("max_wal_size", "4GB")
                .setPGStartupWait(Duration.ofMinutes(2)).start();
    }

    private void migrate() throws Exception {
        try (PackagedService migrating = tollkeeper(Map.of())) {
            migrating.awaitReady();
        }
    }

    /** The port of the database. */
    public int databasePort() {
        return postgres.getPort();
    }

    /** The keys in it; null for one that was made empty. */
    public Population population() {
        return population;
    }

    /** For clients of JDBC. */
    public String jdbcUrl() {
        return JDBC.formatted(postgres.getPort());
    }

    /** For clients of the reactive PG client. */
    public String databaseUri() {
        return "postgresql://postgres:postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** Starts a Tollkeeper on this database with more settings. */
    public PackagedService tollkeeper(Map<String, String> more) throws IOException {
        return PackagedService.launch(directory, Replicas.environment(postgres.getPort(), more));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
