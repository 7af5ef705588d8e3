package dev.tollkeeper.load.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.tollkeeper.testsupport.PackagedService;

/** Starts a bare Vert.x server and Tollkeeper, lets wrk ask them in turn, and prints what came of it. */
public final class Benchmark {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();
    private static final int KEYS = Integer.getInteger("benchmark.keys", 1_000_000);
    private static final int IN_USE = Integer.getInteger("benchmark.in-use", 100_000);
    private static final int SAMPLES = 200_000;

    private Benchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        try (Stage stage = Stage.of(DIRECTORY, KEYS, Math.min(IN_USE, KEYS)); PackagedService tollkeeper = stage.tollkeeper(Map.of())) {
            tollkeeper.awaitReady();
            var requests = new Requests(new Wrk(DIRECTORY, 64), stage.population(), SAMPLES);
            System.out.println("port " + tollkeeper.port() + " database " + stage.databaseUri());
            requests.forward();
            requests.verify();
            requests.whoami();
            requests.rows();
            System.out.println("ready");
            System.in.read();
        }
    }
}
