package dev.tollkeeper.load.billing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own load generator, of Debian's package of the server. */
final class Pgbench {
    private static final Pattern SECOND = Pattern.compile("progress: [0-9.]+ s, ([0-9.]+) tps");
    private static final int WARM_UP = 10;
    private static final Path OF_DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path directory;
    private final int port;

    Pgbench(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Runs a script over so many connections; answers how many times a second it was run. Each connection plans the script first and
     * fills its caches, which takes 64 of them some seconds together: those are left out.
     */
    double run(String name, String script, int connections, int seconds) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve(name + ".sql"), script);
        var command = new ProcessBuilder(program(), "-n", "-M", "prepared", "-P1", "-c" + connections, "-j2",
                "-T" + (WARM_UP + seconds), "-f", file.toString(), "-h", "127.0.0.1", "-p" + port, "-U", "postgres", "postgres")
                .redirectErrorStream(true);
        command.environment().put("PGPASSWORD", "postgres");
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        OptionalDouble rate = SECOND.matcher(output).results().skip(WARM_UP).mapToDouble(second -> Double.parseDouble(second.group(1)))
                .average();
        if (process.waitFor() != 0 || rate.isEmpty() || output.contains("ERROR")) {
            throw new IllegalStateException("pgbench with " + file + ":\n" + output);
        }
        return rate.getAsDouble();
    }

    private static String program() throws IOException {
        try (Stream<Path> versions = Files.exists(OF_DEBIAN) ? Files.list(OF_DEBIAN) : Stream.empty()) {
            List<Path> found = versions.map(version -> version.resolve("bin/pgbench")).filter(Files::isExecutable).sorted().toList();
            return found.isEmpty() ? "pgbench" : found.get(found.size() - 1).toString();
        }
    }
}
