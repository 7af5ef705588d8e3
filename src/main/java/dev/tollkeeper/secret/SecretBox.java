package dev.tollkeeper.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Singleton;

/**
 * Seals what has to be stored but must not be read from the database: AES-256-GCM (NIST SP 800-38D) under a key that is
 * derived from the newest pepper. A seal is bound to a purpose and a context, and opens under no other.
 */
@Singleton
public class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PEPPER_ID_BYTES = 6;

    private final Peppers peppers;
    private final SecureRandom random = new SecureRandom();

    SecretBox(Peppers peppers) {
        this.peppers = peppers;
    }

    /** Seals a secret; the result holds the pepper's id, a nonce and the cipher text. */
    public byte[] seal(String purpose, byte[] context, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Pepper pepper = peppers.newest();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, pepper, purpose, context, nonce, secret, 0);
        byte[] id = HexFormat.of().parseHex(pepper.id());
        byte[] box = Arrays.copyOf(id, id.length + nonce.length + sealed.length);
        System.arraycopy(nonce, 0, box, id.length, nonce.length);
        System.arraycopy(sealed, 0, box, id.length + nonce.length, sealed.length);
        return box;
    }

    /**
     * Opens a seal.
     *
     * @throws UnreadableSealException when its pepper is no longer configured, or it was made for another purpose or
     *             context, or was changed
     */
    public byte[] open(String purpose, byte[] context, byte[] box) {
        if (box.length < PEPPER_ID_BYTES + NONCE_BYTES) {
            throw new UnreadableSealException("the seal is too short");
        }
        String id = pepperId(box);
        Pepper pepper = peppers.byId(id).orElseThrow(() -> new UnreadableSealException(
                "it was made under pepper " + id + ", which TOLLKEEPER_KEY_PEPPERS no longer holds"));
        byte[] nonce = Arrays.copyOfRange(box, PEPPER_ID_BYTES, PEPPER_ID_BYTES + NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, pepper, purpose, context, nonce, box, PEPPER_ID_BYTES + NONCE_BYTES);
    }

    /** Whether a seal was made under a pepper that is not the newest: sealed anew, it needs the older one no more. */
    public boolean isOutOfDate(byte[] box) {
        return !peppers.newest().id().equals(pepperId(box));
    }

    private static String pepperId(byte[] box) {
        return HexFormat.of().formatHex(box, 0, PEPPER_ID_BYTES);
    }

    private static byte[] run(int mode, Pepper pepper, String purpose, byte[] context, byte[] nonce, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(pepper.derive("seal:" + purpose), "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            cipher.updateAAD(context);
            return cipher.doFinal(input, from, input.length - from);
        } catch (AEADBadTagException changed) {
            throw new UnreadableSealException("it was made for something else, or was changed");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + CIPHER, missing);
        }
    }

    /** A seal that cannot be opened. */
    public static final class UnreadableSealException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableSealException(String why) {
            super("a sealed value cannot be read: " + why);
        }
    }
}
