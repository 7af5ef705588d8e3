package dev.tollkeeper.testsupport;

import static io.restassured.RestAssured.given;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/** The service as it is shipped: the packaged jar, or the native binary, in a process of its own. */
public final class PackagedService implements AutoCloseable {
    /** Where it listens; a free port unless the environment says which. */
    public static final String PORT = "TOLLKEEPER_HTTP_PORT";
    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;
    private final int port;

    private PackagedService(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts it, without waiting for it. */
    public static PackagedService launch(Path workingDirectory, Map<String, String> environment) throws IOException {
        return launch(workingDirectory, environment, List.of());
    }

    /** Starts it by way of another command, such as one that changes the user. */
    public static PackagedService launch(Path workingDirectory, Map<String, String> environment, List<String> by)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(program());
        return launchAs(workingDirectory, environment, command);
    }

    /** Starts it by a command of the test's own. */
    public static PackagedService launchAs(Path workingDirectory, Map<String, String> environment, List<String> command)
            throws IOException {
        int port = environment.containsKey(PORT) ? Integer.parseInt(environment.get(PORT)) : freePort();
        Path output = Files.createTempFile(workingDirectory, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TOLLKEEPER_") || name.startsWith("QUARKUS_"));
        builder.environment().put(PORT, Integer.toString(port));
        builder.environment().putAll(environment);
        return new PackagedService(builder.start(), output, port);
    }

    /** How it is started: the jar, or with {@code -Dnative} the binary. */
    public static List<String> program() {
        String binary = System.getProperty("tollkeeper.binary", "");
        return binary.isEmpty()
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                        Path.of(System.getProperty("tollkeeper.jar")).toAbsolutePath().toString())
                : List.of(Path.of(binary).toAbsolutePath().toString());
    }

    /** Waits until it can take requests. */
    public PackagedService awaitReady() {
        Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
                .failFast("the service ended: " + output, () -> !process.isAlive())
                .untilAsserted(() -> given().get(url("/q/health/ready")).then().statusCode(200));
        return this;
    }

    /** As Kubernetes does: asks it to end, without waiting for that. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end and tells its exit code. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the service still runs: " + output);
        }
        return process.exitValue();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Where it is found. */
    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What it printed so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** What the first start printed behind this name. */
    public String printed(String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^\\s+" + name + "\\s+(\\S+)$").matcher(output());
        if (!line.find()) {
            throw new IllegalStateException(name + " was not printed: " + output);
        }
        return line.group(1);
    }

    /** Its process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        Servers.end(process, Duration.ofSeconds(30));
        try {
            Evidence.append("packaged.log", output());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
