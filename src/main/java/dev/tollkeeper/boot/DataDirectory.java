package dev.tollkeeper.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.tollkeeper.secret.SecretFile;

/**
 * The directory of the embedded default, held by one process at a time. The lock is the operating system's, so that it
 * is free again however the process that held it ended.
 */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path directory;
    private final FileChannel lockFile;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** Takes the directory, making it where it is not there yet. */
    static DataDirectory take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartRefused("Another Tollkeeper is running on the data directory " + directory
                        + ". Stop it, or set TOLLKEEPER_DATA_DIR to another directory.");
            }
            return new DataDirectory(directory, channel);
        } catch (IOException unusable) {
            throw new StartRefused("The data directory " + directory + " cannot be used (" + unusable
                    + "). Set TOLLKEEPER_DATA_DIR to a directory that can be written.");
        }
    }

    /** Whether a process has it. */
    static boolean isTaken(Path directory) {
        Path file = directory.resolve(LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = lock(channel)) {
            return lock == null;
        } catch (IOException unusable) {
            throw new StartRefused("The data directory " + directory + " cannot be used (" + unusable + ").");
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** The secret of this name, made up the first time and kept in a file that only its owner can read. */
    String secret(String name) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            SecretFile.write(file, SecretFile.random());
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException unusable) {
            throw new UncheckedIOException("the secret in " + file + " cannot be read", unusable);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
