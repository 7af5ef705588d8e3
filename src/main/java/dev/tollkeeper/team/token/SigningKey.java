package dev.tollkeeper.team.token;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/**
 * A key pair that signs user tokens with ES256 (RFC 7518 §3.4).
 *
 * @param kid names the pair in a token's header
 */
record SigningKey(String kid, ECPublicKey publicKey, PrivateKey privateKey) {
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
