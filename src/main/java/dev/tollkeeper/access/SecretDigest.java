package dev.tollkeeper.access;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The digest of a presented secret, to remember it by: the secret itself is not kept. */
final class SecretDigest {
    private final byte[] bytes;

    SecretDigest(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretDigest that && Arrays.equals(bytes, that.bytes);
    }

    /** Any four bytes of an HMAC are as good as a hash of all of them. */
    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }
}
