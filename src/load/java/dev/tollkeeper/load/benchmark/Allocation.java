package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running Tollkeeper has allocated, as its metrics tell it: all of its memory, whichever thread asked for it. */
final class Allocation {
    private static final Pattern ALLOCATED = Pattern.compile("(?m)^jvm_gc_memory_allocated_bytes_total(?:\\{[^}]*})? ([0-9.E+]+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI metrics;

    Allocation(int port) {
        this.metrics = URI.create("http://127.0.0.1:" + port + "/q/metrics");
    }

    /** Bytes since its start, up to the last garbage collection. */
    double bytes() throws IOException, InterruptedException {
        String text = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString()).body();
        Matcher line = ALLOCATED.matcher(text);
        if (!line.find()) {
            throw new IllegalStateException("the metrics do not tell what was allocated");
        }
        return Double.parseDouble(line.group(1));
    }
}
