package dev.tollkeeper.webhook;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

import dev.tollkeeper.secret.Hmac;

/** What a webhook's messages are signed with, as Standard Webhooks has it: 32 random bytes. */
final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final byte[] bytes;

    SigningSecret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static SigningSecret generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SigningSecret(bytes);
    }

    /** Its text, for whoever made the webhook and for nobody else. */
    String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Its bytes, to be sealed. */
    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The header {@code webhook-signature} of a message.
     *
     * @param timestamp the header {@code webhook-timestamp}: unix seconds of this attempt
     */
    String sign(UUID messageId, long timestamp, String body) {
        byte[] content = (messageId + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(new Hmac(bytes).of(content));
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
