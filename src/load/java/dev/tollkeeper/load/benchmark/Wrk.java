package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, the load generator of Debian's package of that name. */
public final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P50 = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern LOST = Pattern.compile("Socket errors: (.*)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");
    /** Each thread has every request of the file ready, and begins somewhere else. */
    private static final String SCRIPT = """
            local count = 0
            function setup(thread)
              thread:set("begin", count)
              count = count + 1
            end
            function init(args)
              requests = {}
              local file = assert(io.open("%s", "rb"))
              local all = file:read("*a")
              file:close()
              for request in string.gmatch(all, "([^\\1]+)\\1") do
                requests[#requests + 1] = request
              end
              at = math.floor(begin * #requests / 2)
            end
            function request()
              at = at + 1
              if at > #requests then at = 1 end
              return requests[at]
            end
            """;

    private final Path directory;
    private final int connections;
    private int scripts;

    /** A generator that keeps its scripts in a directory, and by default has so many connections. */
    public Wrk(Path directory, int connections) {
        this.directory = directory;
        this.connections = connections;
    }

    /**
     * What wrk saw.
     *
     * @param perSecond answered requests in a second
     * @param p50Millis half were answered within so many milliseconds
     * @param p99Millis 99 of 100 were answered within so many milliseconds
     * @param requests all answered requests
     */
    public record Measure(double perSecond, double p50Millis, double p99Millis, long requests) {
    }

    /** Writes a script that sends these requests, over and over. */
    Path script(String name, List<String> requests) throws IOException {
        String unique = name + '-' + ++scripts;
        Path data = directory.resolve(unique + ".requests");
        Files.writeString(data, String.join("\1", requests) + "\1", StandardCharsets.ISO_8859_1);
        return Files.writeString(directory.resolve(unique + ".lua"), SCRIPT.formatted(data));
    }

    /** Runs it; every answer has to be a success. */
    public Measure run(Path script, int port, int seconds) throws IOException, InterruptedException {
        return run(script, port, seconds, connections, true);
    }

    /** Runs it over so many connections; where no success is expected, only lost connections are failures. */
    public Measure run(Path script, int port, int seconds, int connections, boolean success) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("wrk", "-t2", "-c" + connections, "-d" + seconds + "s", "--latency", "--timeout", "10s",
                "-s", script.toString(), "http://127.0.0.1:" + port + "/").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || (success ? BAD : LOST).matcher(output).find()) {
            throw new IllegalStateException("wrk with " + script + " on port " + port + ":\n" + output);
        }
        return new Measure(Double.parseDouble(find(RATE, output).group(1)), millis(find(P50, output)), millis(find(P99, output)),
                Long.parseLong(find(REQUESTS, output).group(1)));
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk did not tell " + pattern + ":\n" + output);
        }
        return matcher;
    }

    private static double millis(Matcher time) {
        double value = Double.parseDouble(time.group(1));
        return switch (time.group(2)) {
            case "us" -> value / 1000;
            case "ms" -> value;
            default -> value * 1000;
        };
    }
}
