package dev.tollkeeper.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.vertx.core.buffer.Buffer;

/**
 * A file of the console, ready to be sent.
 *
 * @param type its media type
 * @param plain as it is
 * @param compressed by gzip
 * @param tag names its content, however it is encoded
 */
record WebFile(String type, Buffer plain, Buffer compressed, String tag) {
    /** The file with this content. */
    static WebFile of(String type, byte[] content) {
        return new WebFile(type, Buffer.buffer(content), Buffer.buffer(compress(content)), "W/\"" + digest(content) + '"');
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static byte[] compress(byte[] content) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
