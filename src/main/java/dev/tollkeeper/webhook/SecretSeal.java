package dev.tollkeeper.webhook;

import java.nio.ByteBuffer;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.secret.SecretBox;

/** Seals signing secrets for the database. A seal is bound to its webhook and opens for no other. */
@Singleton
class SecretSeal {
    private static final String PURPOSE = "webhook-secret";

    private final SecretBox box;

    SecretSeal(SecretBox box) {
        this.box = box;
    }

    byte[] seal(UUID webhookId, SigningSecret secret) {
        return box.seal(PURPOSE, context(webhookId), secret.bytes());
    }

    SigningSecret open(UUID webhookId, byte[] sealed) {
        return new SigningSecret(box.open(PURPOSE, context(webhookId), sealed));
    }

    private static byte[] context(UUID webhookId) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(webhookId.getMostSignificantBits())
                .putLong(webhookId.getLeastSignificantBits()).array();
    }
}
