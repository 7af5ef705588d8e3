package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.tollkeeper.load.stage.Population;
import dev.tollkeeper.load.stage.Zipf;

/** The requests that are sent: the same bytes to Tollkeeper and to the bare server, for keys in Zipf's distribution. */
final class Requests {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: load.test\r\nAuthorization: Bearer %s\r\n\r\n";
    private static final String POST = "POST %s HTTP/1.1\r\nHost: load.test\r\nAuthorization: Bearer %s\r\n"
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s";

    private final Wrk wrk;
    private final Population population;
    private final int[] ranks;

    Requests(Wrk wrk, Population population, int samples) {
        this.wrk = wrk;
        this.population = population;
        var zipf = new Zipf(population.used().size(), 7);
        this.ranks = IntStream.range(0, samples).map(i -> zipf.next()).toArray();
    }

    Path forward() throws IOException {
        return script("forward", rank -> GET.formatted("/api/auth/forward", population.used().get(rank)));
    }

    Path whoami() throws IOException {
        return script("whoami", rank -> GET.formatted("/api/auth/whoami", population.used().get(rank)));
    }

    Path verify() throws IOException {
        return script("verify", rank -> {
            String body = "{\"key\":\"" + population.used().get(rank) + "\",\"ip\":\"203.0.113.7\"}";
            return POST.formatted("/api/keys/verify", population.management(), body.length(), body);
        });
    }

    /** Keys that nobody has. */
    Path flood(List<String> unknown) throws IOException {
        return wrk.script("flood", unknown.stream().map(key -> GET.formatted("/api/auth/forward", key)).toList());
    }

    /** Each key once, in no order: none is remembered yet. */
    Path cold() throws IOException {
        return script("cold", shuffled(), rank -> GET.formatted("/api/auth/forward", population.used().get(rank)));
    }

    /** One row by its primary key for each key once, for the bare server. */
    Path coldRows() throws IOException {
        return script("cold-rows", shuffled(), rank -> GET.formatted("/row/" + population.digests().get(rank),
                population.used().get(rank)));
    }

    private int[] shuffled() {
        List<Integer> all = new ArrayList<>(IntStream.range(0, population.used().size()).boxed().toList());
        Collections.shuffle(all, new Random(3));
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private Path script(String name, IntFunction<String> request) throws IOException {
        return script(name, ranks, request);
    }

    private Path script(String name, int[] order, IntFunction<String> request) throws IOException {
        return wrk.script(name, IntStream.of(order).mapToObj(request).toList());
    }
}
