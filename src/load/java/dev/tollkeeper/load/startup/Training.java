package dev.tollkeeper.load.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Makes the AOT cache of a packaged service (JEP 514): {@code -Dbenchmark.app} is started by {@code -Dbenchmark.java}, answers what clients
 * of every kind ask, and leaves {@code app.aot} beside its jar when it ends.
 */
public final class Training {
    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final List<String> PAGES = List.of("/", "/q/metrics", "/q/health/live", "/q/health/started", "/q/openapi");

    private Training() {
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Path app = Path.of(System.getProperty("benchmark.app")).toAbsolutePath();
        make(Path.of(System.getProperty("benchmark.java")), app);
        System.out.printf("%s: %,d bytes%n", cache(app), Files.size(cache(app)));
    }

    /** Where the cache of an app is. */
    static Path cache(Path app) {
        return app.resolve("app.aot");
    }

    static void make(Path java, Path app) throws Exception {
        Files.deleteIfExists(cache(app));
        Path directory = Files.createTempDirectory("training");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            PackagedService service = PackagedService.launchAs(directory, Replicas.environment(postgres.getPort(), Map.of()),
                    List.of(java.toString(), "-XX:AOTCacheOutput=" + cache(app), "-jar", app.resolve("quarkus-run.jar").toString()));
            try {
                train(service.awaitReady());
                service.terminate();
                service.awaitEnd();
            } finally {
                System.out.println(service.output());
            }
        }
        if (!Files.exists(cache(app))) {
            throw new IllegalStateException("no cache was made: see above (JDK 25 is needed)");
        }
    }

    private static void train(PackagedService service) throws InterruptedException {
        for (String page : PAGES) {
            io.restassured.RestAssured.given().get(service.url(page)).then().statusCode(200);
        }
        try (Load load = Load.begin(new MixedCalls(service).clients(), PAUSE)) {
            Thread.sleep(LASTS.toMillis());
            load.end();
        }
    }
}
