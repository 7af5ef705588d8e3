package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import dev.tollkeeper.testsupport.Servers;

/** A server of the benchmark's own, in a process of its own. */
final class Server implements AutoCloseable {
    private final Process process;
    private final int port;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and waits until it takes connections. */
    static Server start(Path output, int port, List<String> command) throws IOException {
        var server = new Server(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()))
                .start(), port);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).failFast("it ended: " + output, () -> !server.process.isAlive())
                    .until(() -> Servers.takesConnections(port));
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Servers.end(process, Duration.ofSeconds(10));
    }
}
