package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Programs of the machine that tests run. */
public final class Program {
    /** Of programs of the system's own, which are not on everybody's path. */
    private static final String BESIDES = ":/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin";

    private Program() {
    }

    /** Those of these names that are installed, on the path first. */
    public static Stream<Path> installed(String... names) {
        return Stream.of((System.getenv("PATH") + BESIDES).split(":")).map(Path::of)
                .flatMap(folder -> Arrays.stream(names).map(folder::resolve)).filter(Files::isExecutable);
    }

    /**
     * Runs one in a folder, and answers all that it writes.
     *
     * @throws IllegalStateException with what it wrote, where it fails
     */
    public static String run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
