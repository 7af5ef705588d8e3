package dev.tollkeeper.billing.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.DecimalText;

/**
 * An event in this API's own form.
 *
 * @param id unique among the events of its source
 * @param source who reports it, such as a gateway's name
 * @param keyId the key that was used; or {@code keyName}, one of the request's project
 * @param meter what is counted, such as {@code tokens_in}
 */
@Schema(name = "UsageEvent")
record EventBody(String id, String source, @Schema(format = "date-time") String occurredAt, String keyId, String keyName,
        String meter, DecimalText quantity, String model, EventMetadata metadata) {
    EventInput input() {
        return new EventInput(id, source, occurredAt, keyId, keyName, meter, quantity, model, metadata, true);
    }
}
