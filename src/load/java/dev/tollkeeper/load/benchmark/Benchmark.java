package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.tollkeeper.load.benchmark.Contest.Outcome;
import dev.tollkeeper.load.benchmark.Contest.Side;
import dev.tollkeeper.load.stage.ResidentMemory;
import dev.tollkeeper.load.stage.Stage;
import dev.tollkeeper.testsupport.PackagedService;

/**
 * Starts a bare Vert.x server and Tollkeeper, lets wrk ask them in turn, and prints a table of ratios, also into
 * {@code target/benchmark/report.md}. Needs wrk and nginx.
 */
public final class Benchmark {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();
    private static final int KEYS = Integer.getInteger("benchmark.keys");
    private static final int FEW_KEYS = 1_000;
    private static final int IN_USE = Integer.getInteger("benchmark.in-use");
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds");
    private static final int SECONDS = Integer.getInteger("benchmark.seconds");
    private static final int WARM_UP_SECONDS = Integer.getInteger("benchmark.warm-up-seconds");
    private static final int SAMPLES = 200_000;
    private static final int UNKNOWN_KEYS = 1_000_000;

    private final Wrk wrk = new Wrk(DIRECTORY, 64);
    private final List<String> report = new ArrayList<>();

    private Benchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        var benchmark = new Benchmark();
        benchmark.say(Machine.description());
        benchmark.many();
        benchmark.few();
        Files.write(DIRECTORY.resolve("report.md"), benchmark.report);
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }

    private void many() throws Exception {
        try (Stage stage = Stage.of(DIRECTORY, KEYS, IN_USE);
                PackagedService tollkeeper = stage.tollkeeper(Map.of("TOLLKEEPER_TRUSTED_PROXIES", "127.0.0.1"));
                Server bare = bare(stage);
                Server nginxToBare = Nginx.before(bare.port(), DIRECTORY);
                Server nginxToTollkeeper = Nginx.before(tollkeeper.awaitReady().port(), DIRECTORY)) {
            var requests = new Requests(wrk, stage.population(), SAMPLES);
            say("%n%,d keys, %,d of them in use by Zipf's law; %d connections; medians of %d rounds of %d s%n".formatted(KEYS, IN_USE,
                    64, ROUNDS, SECONDS));
            say(Contest.head());
            Path forward = requests.forward();
            var allocation = new Allocation(tollkeeper.port());
            both("forward auth", 0.85, forward, bare.port(), tollkeeper.port());
            double before = allocation.bytes();
            long asked = wrk.run(forward, tollkeeper.port(), SECONDS).requests();
            double perVerification = (allocation.bytes() - before) / asked;
            both("POST /api/keys/verify", 0.75, requests.verify(), bare.port(), tollkeeper.port());
            both("GET /api/auth/whoami", 0.70, requests.whoami(), bare.port(), tollkeeper.port());
            both("nginx auth_request to", 0.85, forward, nginxToBare.port(), nginxToTollkeeper.port());
            cold(stage, requests, bare);
            say("%nAllocated for one verification by forward auth, all threads of the service: %,.0f bytes".formatted(perVerification));
            flood(tollkeeper, requests, forward);
        }
    }

    private void both(String name, double least, Path script, int bare, int tollkeeper) throws Exception {
        say(new Contest(name, least, new Side(script, bare), new Side(script, tollkeeper))
                .hold(wrk, ROUNDS, SECONDS, WARM_UP_SECONDS).line());
    }

    /** With one key remembered at most each request costs a look-up. */
    private void cold(Stage stage, Requests requests, Server bare) throws Exception {
        try (PackagedService forgetful = stage.tollkeeper(Map.of("TOLLKEEPER_CACHE_MAX_KEYS", "1"))) {
            forgetful.awaitReady();
            Outcome outcome = new Contest("cold look-up, to one row by its primary key", 0.9, new Side(requests.coldRows(), bare.port()),
                    new Side(requests.cold(), forgetful.port())).hold(wrk, ROUNDS, SECONDS, WARM_UP_SECONDS);
            say(outcome.line());
        }
    }

    /** Keys that nobody has leave no mark: neither in memory nor on those who have one. */
    private void flood(PackagedService tollkeeper, Requests requests, Path forward) throws Exception {
        Path unknown = requests.flood(Flood.keys(UNKNOWN_KEYS));
        Wrk.Measure before = wrk.run(forward, tollkeeper.port(), SECONDS);
        long residentBefore = ResidentMemory.mebibytes(tollkeeper.handle());
        long sent = 0;
        while (sent < UNKNOWN_KEYS) {
            sent += wrk.run(unknown, tollkeeper.port(), SECONDS, 64, false).requests();
        }
        long residentAfter = ResidentMemory.mebibytes(tollkeeper.handle());
        Wrk.Measure atOnce = wrk.run(forward, tollkeeper.port(), SECONDS);
        Wrk.Measure after = wrk.run(forward, tollkeeper.port(), SECONDS);
        say("""

                %,d keys that nobody has, half of them well-formed: resident memory %d MiB before, %d MiB after;
                p99 of good keys %.1f ms before, %.1f ms in the %d s right after, %.1f ms in the next"""
                .formatted(sent, residentBefore, residentAfter, before.p99Millis(), atOnce.p99Millis(), SECONDS, after.p99Millis()));
    }

    /** The same number of keys in use, with next to none beside them and with very many. */
    private void few() throws Exception {
        try (Stage few = Stage.of(DIRECTORY, FEW_KEYS, FEW_KEYS);
                Stage many = Stage.of(DIRECTORY, KEYS, IN_USE);
                PackagedService withFew = few.tollkeeper(Map.of());
                PackagedService withMany = many.tollkeeper(Map.of())) {
            withFew.awaitReady();
            withMany.awaitReady();
            Path ofFew = new Requests(wrk, few.population(), SAMPLES).forward();
            Path ofMany = new Requests(wrk, many.population().first(FEW_KEYS), SAMPLES).forward();
            Outcome outcome = new Contest("as many keys in use", 0.9, new Side(ofFew, withFew.port()), new Side(ofMany, withMany.port()))
                    .hold(wrk, ROUNDS, SECONDS, WARM_UP_SECONDS);
            say("%nForward auth with %,d keys in the database %,.0f/s, with %,d keys %,.0f/s: ratio %.2f".formatted(FEW_KEYS,
                    Outcome.median(outcome.yardstick(), Wrk.Measure::perSecond), KEYS,
                    Outcome.median(outcome.tollkeeper(), Wrk.Measure::perSecond), outcome.ratio()));
        }
    }

    private Server bare(Stage stage) throws IOException {
        int port = PackagedService.freePort();
        return Server.start(DIRECTORY.resolve("bare.out"), port, List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), BareServer.class.getName(), Integer.toString(port), stage.databaseUri()));
    }
}
