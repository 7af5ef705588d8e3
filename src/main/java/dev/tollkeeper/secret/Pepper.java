package dev.tollkeeper.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One secret of the installation that the database does not hold. Keys for different purposes are derived from it, so
 * that none is used for two.
 */
public final class Pepper {
    /** A shorter pepper could be guessed. */
    public static final int MIN_LENGTH = 32;
    private static final int ID_BYTES = 6;

    private final Hmac hmac;
    private final ConcurrentMap<String, Hmac> derived = new ConcurrentHashMap<>();
    private final String id;

    Pepper(String text) {
        this.hmac = new Hmac(text.getBytes(StandardCharsets.UTF_8));
        this.id = HexFormat.of().formatHex(derive("pepper-id"), 0, ID_BYTES);
    }

    /** Names the pepper without giving anything of it away; stored beside what was made under it. */
    public String id() {
        return id;
    }

    /** 32 bytes for one purpose: HMAC-SHA-256 of the purpose's name under the pepper (as HKDF-Expand, RFC 5869, does). */
    public byte[] derive(String purpose) {
        return hmac.of(purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** An HMAC for one purpose, under what is derived for it. */
    public Hmac hmac(String purpose) {
        return derived.computeIfAbsent(purpose, name -> new Hmac(derive(name)));
    }

    @Override
    public String toString() {
        return "Pepper[" + id + "]";
    }
}
