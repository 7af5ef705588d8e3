package dev.tollkeeper.access;

import java.util.Arrays;

/** The digest of a presented secret, to remember it by: the secret itself is not kept. */
final class SecretDigest {
    private final byte[] bytes;

    /** Takes the bytes themselves: nobody else may change them. */
    SecretDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest itself; nobody may change it. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretDigest that && Arrays.equals(bytes, that.bytes);
    }

    /** Any four bytes of an HMAC are as good as a hash of all of them. */
    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }
}
