package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
public final class Machine {
    private Machine() {
    }

    /** In one line. */
    public static String description() throws IOException {
        String processor = line("/proc/cpuinfo", "model name");
        String memory = line("/proc/meminfo", "MemTotal");
        return "%d processors (%s), %s memory, %s %s, Java %s; load before the run %s".formatted(
                Runtime.getRuntime().availableProcessors(), processor, memory, System.getProperty("os.name"),
                System.getProperty("os.version"), System.getProperty("java.runtime.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String line(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
    }
}
