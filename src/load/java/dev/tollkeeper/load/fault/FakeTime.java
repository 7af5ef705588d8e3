package dev.tollkeeper.load.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** The clock of one process, by Debian's package {@code faketime}; where that is not installed, the machine's own. */
final class FakeTime {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path offset;

    FakeTime(Path directory) throws IOException {
        offset = directory.resolve("clock-offset");
        set("+0");
    }

    /** Why it cannot be used, if so. */
    static Optional<String> missing() {
        return Files.exists(LIBRARY) ? Optional.empty() : Optional.of("libfaketime is not installed (apt-get install faketime)");
    }

    /** For a process whose clock is to be moved. Durations that it measures (the monotonic clock) stay true. */
    Map<String, String> environment() {
        return missing().isPresent()
                ? Map.of()
                : Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME_TIMESTAMP_FILE", offset.toString(), "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        // Otherwise each of the JVM's timed waits ends at once, and it spins.
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Moves the clock, such as by {@code +1h} or {@code -1h}, counted from the true time. */
    void set(String by) throws IOException {
        Path next = Files.writeString(offset.resolveSibling("clock-offset.next"), by + "\n");
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
