package dev.tollkeeper.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The physical memory that a process of this machine has, as Linux tells it in {@code /proc} (proc(5), {@code VmRSS}). */
public final class ResidentMemory {
    private static final long KIBIBYTES = 1 << 10;

    private ResidentMemory() {
    }

    /** How much it has now, in MiB. */
    public static long mebibytes(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES).findFirst().orElseThrow();
    }
}
