package dev.tollkeeper.access.gateway;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

import dev.tollkeeper.testsupport.Program;
import dev.tollkeeper.testsupport.Servers;

/** A gateway as the distribution packages it, in a process of its own. */
final class Gateway implements AutoCloseable {
    private static final Path GUIDES = Path.of("docs", "guides");

    private final Process process;
    private final int port;

    private Gateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Where a gateway works.
     *
     * @param directory for its files
     * @param port where clients come in
     * @param tollkeeper the port of the service
     * @param upstream the port of the API behind it
     */
    record Place(Path directory, int port, int tollkeeper, int upstream) {
        /** A configuration of the guide's, with the addresses it marks as the reader's own put in, written where it works. */
        Path configure(String guide, Map<String, String> more) throws IOException {
            String text = put(Files.readString(GUIDES.resolve(guide)), Map.of("127.0.0.1:8080", "127.0.0.1:" + tollkeeper,
                    "127.0.0.1:9000", "127.0.0.1:" + upstream));
            return write(guide, put(text, more));
        }

        /** Another file of the guide's. */
        Path copy(String guide, Map<String, String> changes) throws IOException {
            return write(guide, put(Files.readString(GUIDES.resolve(guide)), changes));
        }

        Path write(String name, String text) throws IOException {
            return Files.writeString(directory.resolve(port + "-" + Path.of(name).getFileName()), text);
        }

        private static String put(String text, Map<String, String> changes) {
            String changed = text;
            for (var change : changes.entrySet()) {
                if (!text.contains(change.getKey())) {
                    throw new IllegalStateException("the guide's file no longer says " + change.getKey());
                }
                changed = changed.replace(change.getKey(), change.getValue());
            }
            return changed;
        }
    }

    /** The program of this name; without it the test is skipped. */
    static String installed(String name) {
        return Program.installed(name).findFirst().map(Path::toString)
                .orElseGet(() -> Assumptions.abort(name + " is not installed"));
    }

    /** Starts it and waits until it takes connections. */
    static Gateway start(Place place, Map<String, String> environment, String... command) throws IOException {
        Path output = place.directory().resolve(place.port() + "-output.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(place.directory().toFile())
                .redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Gateway gateway = new Gateway(process, place.port());
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50))
                    .failFast(() -> failIfEnded(process, output)).until(() -> Servers.takesConnections(place.port()));
        } catch (RuntimeException failed) {
            gateway.close();
            throw failed;
        }
        return gateway;
    }

    private static void failIfEnded(Process process, Path output) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway ended: " + Files.readString(output));
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        Servers.end(process, Duration.ofSeconds(10));
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
