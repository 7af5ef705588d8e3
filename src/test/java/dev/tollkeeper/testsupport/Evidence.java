package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the test suite leaves behind for {@code NoSecretLeaksIT} to search: the secrets that were used, and every place
 * where none of them may turn up.
 */
public final class Evidence {
    /** Where it is kept, file by file. */
    public static final Path DIRECTORY = Path.of("target", "evidence");

    private static final String BEGUN = "tollkeeper.evidence.begun";

    private Evidence() {
    }

    /** Throws away what an earlier run left. Once in a JVM, however many class loaders the tests have. */
    static synchronized void begin() {
        if (System.setProperty(BEGUN, "true") != null) {
            return;
        }
        try {
            Files.createDirectories(DIRECTORY);
            try (var old = Files.newDirectoryStream(DIRECTORY)) {
                for (Path file : old) {
                    Files.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Adds a line to a file. */
    public static void append(String file, String line) {
        write(file, line + '\n', StandardOpenOption.APPEND);
    }

    /** Writes a file anew. */
    public static void write(String file, String text) {
        write(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static synchronized void write(String file, String text, StandardOpenOption how) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(file), text, StandardOpenOption.CREATE, how);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
