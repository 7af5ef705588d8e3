package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL whose processes a test can stop, freeze and start again, on the same data and port. */
public final class FaultyPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PID_FILE = "postmaster.pid";

    private final Path data;
    private final int port;
    private final List<String> command = new ArrayList<>();

    private FaultyPostgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Makes a new server with its data below the directory. */
    public static FaultyPostgres start(Path directory) throws IOException {
        return start(directory, Map.of());
    }

    /** Makes one with more settings. */
    public static FaultyPostgres start(Path directory, Map<String, String> settings) throws IOException {
        Path data = directory.resolve("postgres");
        // Without fsync: what a process has written outlives it, and the machine does not fail here. But written it has to be.
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setRegisterShutdownHook(false)
                .setServerConfig("fsync", "off").setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        EmbeddedPostgres started = builder.start();
        FaultyPostgres server = new FaultyPostgres(data, started.getPort());
        ProcessHandle.Info postmaster = server.postmaster().info();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses root; in a user namespace of its own it is nobody.
            server.command.addAll(List.of("unshare", "-U"));
        }
        server.command.add(postmaster.command().orElseThrow());
        server.command.addAll(Arrays.asList(postmaster.arguments().orElseThrow()));
        return server;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A connection past the service. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
    }

    /** As {@code pg_ctl stop -m immediate} does: ends every connection, and leaves the recovery to the next start. */
    public void stop() throws Exception {
        signal("QUIT", postmaster());
    }

    /** As {@code kill -9} does, of the postmaster; its children notice and end. */
    public void kill() throws Exception {
        signal("KILL", postmaster());
    }

    private void signal(String name, ProcessHandle postmaster) throws Exception {
        List<ProcessHandle> all = all();
        send(name, Stream.of(postmaster));
        for (ProcessHandle one : all) {
            one.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Starts it again, and waits until it takes connections. */
    public void restart() throws IOException {
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
            try (Connection connection = connect()) {
                return connection.isValid(1);
            }
        });
    }

    /** Stops the clock of each of its processes: it takes connections, and answers nothing. */
    public void freeze() throws Exception {
        send("STOP", Stream.of(postmaster()));
        send("STOP", all().stream());
    }

    /** Ends that. */
    public void thaw() throws Exception {
        send("CONT", all().stream());
    }

    /** Whether it still runs. */
    public boolean isAlive() throws IOException {
        return Files.exists(data.resolve(PID_FILE)) && ProcessHandle.of(pid()).isPresent();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve(PID_FILE)).get(0).strip());
    }

    private ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private List<ProcessHandle> all() throws IOException {
        ProcessHandle postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void send(String signal, Stream<ProcessHandle> processes) throws Exception {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> kill.add(Long.toString(process.pid())));
        new ProcessBuilder(kill).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
    }

    @Override
    public void close() throws Exception {
        if (isAlive()) {
            thaw();
            stop();
        }
    }
}
