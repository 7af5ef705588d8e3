package dev.tollkeeper.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

import dev.tollkeeper.secret.Hmac;

/**
 * The secret text of an API key: its kind's prefix, 43 base62 characters of 256 random bits, and 6 base62 characters of
 * CRC-32 over everything before them.
 * <p>
 * The checksum protects nobody from an attacker. It lets a secret scanner recognise a key with no look-up, and lets a
 * mistyped or made-up one be refused with no query.
 */
public final class KeySecret {

    private static final int RANDOM_BITS = 256;
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int HINT_LENGTH = 4;
    private static final KeyKind[] KINDS = KeyKind.values();

    private final KeyKind kind;
    private final String text;

    private KeySecret(KeyKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /**
     * A new secret.
     *
     * @param random where its 256 bits come from: a {@link java.security.SecureRandom} everywhere but in tests
     */
    public static KeySecret generate(KeyKind kind, RandomGenerator random) {
        var bits = new byte[RANDOM_BITS / Byte.SIZE];
        random.nextBytes(bits);
        var body = kind.prefix() + Base62.encode(new BigInteger(1, bits), RANDOM_LENGTH);
        return new KeySecret(kind, body + checksum(body));
    }

    /**
     * Reads what a client presented. The work is bounded by the length of a secret, however long the text is.
     *
     * @param presented the text as it came, or null
     * @return empty where the prefix, length, alphabet or checksum is wrong; such a key was never issued
     */
    public static Optional<KeySecret> parse(String presented) {
        for (KeyKind kind : KINDS) {
            if (isWellFormed(kind, presented)) {
                return Optional.of(new KeySecret(kind, presented));
            }
        }
        return Optional.empty();
    }

    /** Whether the text claims to be a key, well formed or not; a JWT never does. False for null. */
    public static boolean hasKeyPrefix(String presented) {
        if (presented != null) {
            for (KeyKind kind : KINDS) {
                if (presented.startsWith(kind.prefix())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the key is for, as its prefix says. */
    public KeyKind kind() {
        return kind;
    }

    /** The text itself, to be shown once to whoever made the key, and never to be stored or logged. */
    public String reveal() {
        return text;
    }

    /** The last 4 characters, by which people tell their keys apart. They are of the checksum. */
    public String hint() {
        return text.substring(text.length() - HINT_LENGTH);
    }

    /**
     * HMAC-SHA-256 (RFC 2104) of the whole text: all that is stored of a secret.
     *
     * @param pepper an HMAC under a key that the database must not hold
     * @return 32 bytes
     */
    public byte[] digest(Hmac pepper) {
        return pepper.of(text.getBytes(US_ASCII));
    }

    /** The kind and the hint, such as {@code tk_…abcd}: safe to log. */
    @Override
    public String toString() {
        return kind.prefix() + "…" + hint();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySecret that
                && MessageDigest.isEqual(text.getBytes(US_ASCII), that.text.getBytes(US_ASCII));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static boolean isWellFormed(KeyKind kind, String presented) {
        int bodyLength = kind.prefix().length() + RANDOM_LENGTH;
        // The length first: it bounds the work that the other conditions do.
        return presented != null
                && presented.length() == bodyLength + CHECKSUM_LENGTH
                && presented.startsWith(kind.prefix())
                && Base62.isDigits(presented, kind.prefix().length())
                && Base62.decode(presented, bodyLength) == crc(presented.substring(0, bodyLength));
    }

    private static String checksum(String body) {
        return Base62.encode(BigInteger.valueOf(crc(body)), CHECKSUM_LENGTH);
    }

    private static long crc(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(US_ASCII));
        return crc.getValue();
    }
}
