package dev.tollkeeper.load.startup;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tollkeeper.load.stage.ResidentMemory;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * From a process's start until it answers right about a key, and its resident memory when nobody has asked for a while: the usual
 * jar and the one with an AOT cache in turns, on one migrated database.
 */
public final class StartUp {
    /** What the JVM finds where a container has 1 GiB. */
    private static final List<String> CONTAINER = List.of("-XX:MaxRAM=1g", "-XX:+UseSerialGC");
    private static final Path IMAGE = Path.of("src/main/docker/Dockerfile.jvm");
    private static final Pattern IMAGE_SETS = Pattern.compile("^ENV (\\w+)=\"?([^\"\n]*)\"?$", Pattern.MULTILINE);
    private static final int ROUNDS = 7;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double NANOS = 1e9;

    private StartUp() {
    }

    private record Measured(double seconds, long mebibytes) {
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Path java = Path.of(System.getProperty("benchmark.java"));
        Path app = Path.of(System.getProperty("benchmark.app")).toAbsolutePath();
        if (!Files.exists(Training.cache(app))) {
            Training.make(java, app);
        }
        Path aotJar = app.resolve("quarkus-run.jar");
        Map<String, List<String>> ways = new LinkedHashMap<>();
        ways.put("fast-jar", command(java, Path.of(System.getProperty("tollkeeper.jar"))));
        ways.put("aot-jar, no cache", command(java, aotJar));
        ways.put("AOT cache", command(java, aotJar, "-XX:AOTCache=" + Training.cache(app), "-XX:AOTMode=on"));
        Map<String, List<Measured>> measured = new LinkedHashMap<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String key = firstStart(postgres, ways.get("fast-jar"));
            for (int round = 0; round < ROUNDS; round++) {
                for (var way : ways.entrySet()) {
                    measured.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(measure(postgres, way.getValue(), key));
                }
            }
        }
        print(measured);
    }

    private static List<String> command(Path java, Path jar, String... flags) {
        return Stream.of(Stream.of(java.toString()), CONTAINER.stream(), Stream.of(flags), Stream.of("-jar", jar.toString()))
                .flatMap(Function.identity()).toList();
    }

    private static String firstStart(EmbeddedPostgres postgres, List<String> command) throws IOException {
        try (PackagedService service = launch(postgres, command).awaitReady()) {
            return new MixedCalls(service).create(Map.of()).path("api_key");
        }
    }

    private static PackagedService launch(EmbeddedPostgres postgres, List<String> command) throws IOException {
        return PackagedService.launchAs(Files.createTempDirectory("start-up"), Replicas.environment(postgres.getPort(), image()), command);
    }

    private static Map<String, String> image() throws IOException {
        return IMAGE_SETS.matcher(Files.readString(IMAGE)).results()
                .collect(Collectors.toMap(set -> set.group(1), set -> set.group(2)));
    }

    private static Measured measure(EmbeddedPostgres postgres, List<String> command, String key) throws Exception {
        long before = System.nanoTime();
        try (PackagedService service = launch(postgres, command)) {
            while (!isListening(service) || !isAnswered(service, key)) {
                if (System.nanoTime() - before > PATIENCE.toNanos()) {
                    throw new IllegalStateException("no answer: " + service.output());
                }
                Thread.sleep(POLL.toMillis());
            }
            double seconds = (System.nanoTime() - before) / NANOS;
            Thread.sleep(IDLE.toMillis());
            return new Measured(seconds, ResidentMemory.mebibytes(service.handle()));
        }
    }

    /** Asked first, as it costs the two processors that the service starts on next to nothing. */
    private static boolean isListening(PackagedService service) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean isAnswered(PackagedService service, String key) {
        try {
            var connection = (HttpURLConnection) URI.create(service.url("/api/auth/forward")).toURL().openConnection();
            connection.setRequestProperty("X-API-Key", key);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void print(Map<String, List<Measured>> measured) {
        double usual = median(measured.get("fast-jar").stream().map(Measured::seconds).toList());
        System.out.printf("| | first right answer, s | least and most | of the fast-jar's | idle RSS, MiB |%n|---|---|---|---|---|%n");
        measured.forEach((way, runs) -> {
            List<Double> seconds = runs.stream().map(Measured::seconds).sorted().toList();
            List<Double> memory = runs.stream().map(run -> (double) run.mebibytes()).toList();
            System.out.printf("| %s | %.2f | %.2f, %.2f | %.2f | %.0f |%n", way, median(seconds), seconds.get(0),
                    seconds.get(seconds.size() - 1), median(seconds) / usual, median(memory));
        });
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
