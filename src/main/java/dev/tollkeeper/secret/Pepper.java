package dev.tollkeeper.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret of the installation that the database does not hold. Keys for different purposes are derived from it, so
 * that none is used for two.
 */
public final class Pepper {
    /** A shorter pepper could be guessed. */
    public static final int MIN_LENGTH = 32;
    private static final String HMAC = "HmacSHA256";
    private static final int ID_BYTES = 6;

    private final byte[] secret;
    private final String id;

    Pepper(String text) {
        this.secret = text.getBytes(StandardCharsets.UTF_8);
        this.id = HexFormat.of().formatHex(derive("pepper-id"), 0, ID_BYTES);
    }

    /** Names the pepper without giving anything of it away; stored beside what was made under it. */
    public String id() {
        return id;
    }

    /** 32 bytes for one purpose: HMAC-SHA-256 of the purpose's name under the pepper (as HKDF-Expand, RFC 5869, does). */
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + HMAC, missing);
        }
    }

    @Override
    public String toString() {
        return "Pepper[" + id + "]";
    }
}
