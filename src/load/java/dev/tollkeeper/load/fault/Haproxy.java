package dev.tollkeeper.load.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Program;
import dev.tollkeeper.testsupport.Servers;

/** HAProxy with the guide's {@code replicas.cfg}, in front of two services. */
final class Haproxy implements AutoCloseable {
    private static final Path GUIDE = Path.of("docs", "guides", "haproxy", "replicas.cfg");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Process process;
    private final int port;
    private final int grpcPort;
    private final URI bothUp;

    private Haproxy(Process process, int port, int grpcPort, URI bothUp) {
        this.process = process;
        this.port = port;
        this.grpcPort = grpcPort;
        this.bothUp = bothUp;
    }

    /** Starts it before services on these ports. */
    static Haproxy before(Path directory, int one, int two) throws IOException {
        int port = PackagedService.freePort();
        int grpcPort = PackagedService.freePort();
        int monitorPort = PackagedService.freePort();
        String configuration = Files.readString(GUIDE).replace("bind :8000", "bind 127.0.0.1:" + port)
                .replace("bind :8001", "bind 127.0.0.1:" + grpcPort).replace("10.0.0.11:8080", "127.0.0.1:" + one)
                .replace("10.0.0.12:8080", "127.0.0.1:" + two)
                + """

                        frontend monitor
                            bind 127.0.0.1:%d
                            monitor-uri /both-up
                            monitor fail if { nbsrv(replicas) lt 2 } || { nbsrv(replicas_by_grpc) lt 2 }
                        """.formatted(monitorPort);
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        String program = Program.installed("haproxy").findFirst()
                .orElseThrow(() -> new IllegalStateException("haproxy is not installed (apt-get install haproxy)")).toString();
        Process process = new ProcessBuilder(program, "-db", "-f", file.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile()).start();
        Awaitility.await().atMost(PATIENCE).until(() -> Servers.takesConnections(monitorPort));
        return new Haproxy(process, port, grpcPort, URI.create("http://127.0.0.1:" + monitorPort + "/both-up"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int grpcPort() {
        return grpcPort;
    }

    /** Waits until it sends requests to both services. */
    void awaitBothUp() {
        var client = HttpClient.newHttpClient();
        Awaitility.await("both services are up").atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(
                () -> client.send(HttpRequest.newBuilder(bothUp).build(), BodyHandlers.discarding()).statusCode() == OK);
    }

    @Override
    public void close() {
        Servers.end(process, PATIENCE);
    }
}
