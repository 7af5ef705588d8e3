package dev.tollkeeper.load.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.tollkeeper.load.stage.ResidentMemory;

/** How much memory a Tollkeeper has in use: as its metrics tell it and, where it runs on this machine, as Linux sees it. */
final class Memory {
    private static final String USED = "(?m)^jvm_memory_used_bytes\\{[^}]*area=\"%s\"[^}]*} ([0-9.E+]+)$";
    private static final int OK = 200;
    private static final long MEBIBYTE = 1 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI metrics;
    private final ProcessHandle process;

    /** Of the one at this address; the process is null for one that was not started here. */
    Memory(String url, ProcessHandle process) {
        this.metrics = URI.create(url + "/q/metrics");
        this.process = process;
    }

    /** What it has now, in words. */
    String now() throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            return "not known, as %s answers %d".formatted(metrics, answer.statusCode());
        }
        String text = answer.body();
        String used = "heap %d MiB, beside it %d MiB".formatted(used(text, "heap"), used(text, "nonheap"));
        return process == null ? used : used + ", resident %d MiB".formatted(ResidentMemory.mebibytes(process));
    }

    private static long used(String metrics, String area) {
        return (long) Pattern.compile(USED.formatted(area)).matcher(metrics).results().map(MatchResult::group)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum() / MEBIBYTE;
    }
}
