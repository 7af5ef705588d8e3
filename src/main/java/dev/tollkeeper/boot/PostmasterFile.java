package dev.tollkeeper.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What PostgreSQL notes of itself while it runs on a cluster (its {@code postmaster.pid}; the lines are in miscadmin.h).
 *
 * @param lines all there are yet: it writes them one after the other as it starts
 */
record PostmasterFile(List<String> lines) {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    static boolean isIn(Path cluster) {
        return Files.exists(file(cluster));
    }

    static PostmasterFile of(Path cluster) throws IOException {
        return new PostmasterFile(Files.readAllLines(file(cluster)));
    }

    private static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /**
     * Its process.
     *
     * @throws RuntimeException where the file does not name one
     */
    long pid() {
        return Long.parseLong(lines.get(PID_LINE).strip());
    }

    /**
     * Where it listens.
     *
     * @throws RuntimeException where the file does not say it, or not yet
     */
    int port() {
        return Integer.parseInt(lines.get(PORT_LINE).strip());
    }
}
