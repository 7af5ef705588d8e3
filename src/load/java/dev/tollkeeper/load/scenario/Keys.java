package dev.tollkeeper.load.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keys of an installation.
 *
 * @param management a management key that may verify, of the team of the others
 * @param valid keys that may be used, without limits
 * @param revoked keys that were revoked; may be empty
 */
record Keys(String management, List<String> valid, List<String> revoked) {
    private static final int KINDS = 2;

    /** Reads lines such as {@code valid tk_…}; the other words are {@code management}, once, and {@code revoked}. */
    static Keys read(Path file) throws IOException {
        List<String[]> lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+")).toList();
        if (lines.stream().anyMatch(line -> line.length != KINDS || !line[0].matches("management|valid|revoked"))) {
            throw new IllegalArgumentException(file + ": a line is a word (management, valid, revoked) and a key");
        }
        String management = of(lines, "management").findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " lacks the line of the management key"));
        List<String> valid = of(lines, "valid").toList();
        if (valid.isEmpty()) {
            throw new IllegalArgumentException(file + " has no valid key");
        }
        return new Keys(management, valid, of(lines, "revoked").toList());
    }

    private static Stream<String> of(List<String[]> lines, String word) {
        return lines.stream().filter(line -> line[0].equals(word)).map(line -> line[1]);
    }
}
