package dev.tollkeeper.key;

import dev.tollkeeper.secret.Pepper;

/** What is stored of a secret: its HMAC-SHA-256 under a pepper that the database does not hold. */
public final class KeyDigest {
    private KeyDigest() {
    }

    /** The digest of a secret under a pepper. */
    public static byte[] of(KeySecret secret, Pepper pepper) {
        return secret.digest(pepper.hmac("api-key"));
    }
}
