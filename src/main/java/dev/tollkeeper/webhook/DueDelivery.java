package dev.tollkeeper.webhook;

import java.util.UUID;

/**
 * A delivery that this replica has claimed, with all that is needed to send it.
 *
 * @param attempt which attempt this is, from 1: by this number the claim is told from a later one
 */
record DueDelivery(UUID teamId, UUID id, UUID webhookId, UUID eventId, String type, String body, int attempt, String url,
        byte[] sealedSecret) {
    /** A test is not repeated: whoever asked for it sees what came of it. */
    boolean isTest() {
        return WebhookType.WEBHOOK_TEST.word().equals(type);
    }
}
