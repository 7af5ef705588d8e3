package dev.tollkeeper.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A file with a secret that this program made up and nobody else knows: lost, what it opens is lost. */
public final class SecretFile {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {
    }

    /** A new secret: 256 random bits in hexadecimal digits. */
    public static String random() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Puts a text where only its owner can read it, in the place of what is there: at every moment the one or the other is there as a
     * whole, also after a power failure.
     *
     * @throws UncheckedIOException where it cannot be written; what was there is there still
     */
    public static void write(Path file, String text) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text, StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unusable) {
            throw new UncheckedIOException("the secret in " + file + " cannot be kept", unusable);
        }
    }
}
