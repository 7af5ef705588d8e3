package dev.tollkeeper.load.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.tollkeeper.testsupport.Program;

/** A small file system of its own for the database, which can be filled. It needs root. */
final class FullDisk implements AutoCloseable {
    private static final int BLOCK = 64 << 10;
    private static final String SIZE = "320m";

    private final Path place;

    private FullDisk(Path place) {
        this.place = place;
    }

    /** Why it cannot be made here, if so. */
    static Optional<String> missing() {
        return "root".equals(System.getProperty("user.name")) ? Optional.empty() : Optional.of("a file system can be mounted by root only");
    }

    /** Mounts one below the directory, where that is possible. */
    static FullDisk mount(Path directory) throws IOException {
        Path place = Files.createDirectories(directory.resolve("disk"));
        if (missing().isEmpty()) {
            Program.run(directory, "mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=1777", "tmpfs", place.toString());
        }
        return new FullDisk(place);
    }

    Path place() {
        return place;
    }

    private static Path filler(Installation installation) {
        return installation.data().resolve("filler");
    }

    static void fill(Installation installation) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream filler = Files.newOutputStream(filler(installation))) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(installation.data()).getUsableSpace() > BLOCK) {
                throw full;
            }
        }
    }

    static void empty(Installation installation) throws IOException {
        Files.delete(filler(installation));
        if (!installation.postgres().isAlive()) {
            installation.postgres().restart();
        }
    }

    @Override
    public void close() {
        if (missing().isEmpty()) {
            Program.run(place.getParent(), "umount", "-l", place.toString());
        }
    }
}
