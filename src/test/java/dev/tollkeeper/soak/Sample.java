package dev.tollkeeper.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A service at one moment of a soak.
 *
 * @param seconds since it began
 * @param heapMebibytes what the heap holds, garbage included
 * @param residentMebibytes the process's physical memory
 * @param descriptors its open files and connections
 * @param connections its connections to the database
 * @param perSecond requests answered since the sample before
 * @param p99Millis how long 99 of 100 of them took at most
 */
record Sample(double seconds, double heapMebibytes, double residentMebibytes, double descriptors,
        double threads,
        double connections, double perSecond, double p99Millis) {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTES = 1 << 10;
    private static final double P99 = 99;
    private static final double NANOS_IN_MILLI = 1e6;

    static Sample of(PackagedService service, EmbeddedPostgres postgres, double seconds, double since, Histogram latencies)
            throws IOException, SQLException, InterruptedException {
        // Over one connection that stays, so that looking does not show.
        String metrics = HTTP
                .send(HttpRequest.newBuilder(URI.create(service.url("/q/metrics"))).build(), BodyHandlers.ofString()).body();
        Path process = Path.of("/proc", Long.toString(service.handle().pid()));
        long descriptors;
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            descriptors = open.count();
        }
        return new Sample(seconds, sum(metrics, "jvm_memory_used_bytes\\{area=\"heap\".*") / MEBIBYTE,
                status(process, "VmRSS") / KIBIBYTES, descriptors,
                status(process, "Threads"), connections(postgres), latencies.getTotalCount() / (seconds - since),
                latencies.getValueAtPercentile(P99) / NANOS_IN_MILLI);
    }

    private static double sum(String metrics, String name) {
        return Pattern.compile("(?m)^" + name + " ([0-9.E+]+)$").matcher(metrics).results()
                .mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
    }

    private static double status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream().filter(line -> line.startsWith(name + ':'))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    private static double connections(EmbeddedPostgres postgres) throws SQLException {
        return Postgres.number(postgres, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'tollkeeper%'");
    }

    /** The mean of something over some samples. */
    static double mean(Stream<Sample> samples, ToDoubleFunction<Sample> what) {
        return samples.mapToDouble(what).average().orElseThrow();
    }
}
