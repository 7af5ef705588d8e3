package dev.tollkeeper.billing.usage;

import dev.tollkeeper.http.DecimalText;

/**
 * An event as a client sent it, in whichever envelope; nothing in it has been checked.
 *
 * @param isEnvelopeKnown whether its envelope is of a version that is understood
 */
record EventInput(String id, String source, String occurredAt, String keyId, String keyName, String meter, DecimalText quantity,
        String model, EventMetadata metadata, boolean isEnvelopeKnown) {
}
