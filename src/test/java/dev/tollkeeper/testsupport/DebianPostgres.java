package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL as Debian packages it ({@code postgresql}), with its programs for backups, which the embedded one lacks. Root starts it as
 * the user {@code postgres}.
 */
public final class DebianPostgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String SUPERUSER = "postgres";

    private final Path directory;
    private final Path programs;
    private final Path data;
    private final int port;

    private DebianPostgres(Path directory, Path data) throws IOException {
        this.directory = directory;
        this.programs = programs().orElseGet(() -> Assumptions.abort("Debian's package postgresql is not installed"));
        this.data = data;
        this.port = PackagedService.freePort();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.comparingInt(version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A new server below a directory, with more lines for its {@code postgresql.conf}. */
    public static DebianPostgres create(Path directory, String... settings) throws IOException {
        DebianPostgres server = new DebianPostgres(directory, directory.resolve("data"));
        server.give(directory);
        server.run("initdb", "--pgdata", server.data.toString(), "--username", SUPERUSER, "--auth", "trust", "--no-sync");
        server.configure(settings);
        server.start();
        return server;
    }

    /** A server on data that is there already, such as a base backup; what it recovers it does before it takes connections. */
    public static DebianPostgres on(Path directory, Path data, String... settings) throws IOException {
        DebianPostgres server = new DebianPostgres(directory, data);
        server.configure(settings);
        server.start();
        return server;
    }

    private void configure(String... settings) throws IOException {
        List<String> lines = new ArrayList<>(List.of("port = " + port, "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = '" + directory + "'", "fsync = off"));
        lines.addAll(Arrays.asList(settings));
        Files.write(data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    }

    private void start() {
        run("pg_ctl", "start", "--wait", "--timeout", "120", "--pgdata", data.toString(), "--log",
                directory.resolve("postgres.log").toString());
    }

    /** Runs one of PostgreSQL's programs, against this server where it asks one; answers what it wrote. */
    public String run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups"));
        }
        command.addAll(List.of("env", "PGHOST=127.0.0.1", "PGPORT=" + port, "PGUSER=" + SUPERUSER,
                programs.resolve(program).toString()));
        command.addAll(Arrays.asList(arguments));
        return Program.run(directory, command.toArray(String[]::new));
    }

    /** Runs SQL. */
    public String sql(String database, String sql) {
        return run("psql", "--dbname", database, "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1", "--command", sql)
                .strip();
    }

    /** Lets the server's user work in a directory and in those above it. */
    private void give(Path own) {
        if (isRoot()) {
            Program.run(own, "chown", "-R", SUPERUSER, own.toString());
            for (Path above = own.getParent(); above != null && above.startsWith("/tmp"); above = above.getParent()) {
                Program.run(own, "chmod", "a+x", above.toString());
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", data.toString());
    }
}
