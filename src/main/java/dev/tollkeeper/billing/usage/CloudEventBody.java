package dev.tollkeeper.billing.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import dev.tollkeeper.http.DecimalText;

/**
 * An event as CloudEvents 1.0 writes it in JSON. Context attributes that say nothing here are ignored.
 *
 * @param type the meter, unless the data name one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "UsageCloudEvent")
record CloudEventBody(@Schema(enumeration = "1.0") String specversion, String id, String source,
        @Schema(format = "date-time") String time, String type, Data data) {
    private static final String VERSION = "1.0";
    private static final Data NONE = new Data(null, null, null, null, null, null);

    /** What was used. */
    @Schema(name = "UsageCloudEventData")
    record Data(String keyId, String keyName, String meter, DecimalText quantity, String model, EventMetadata metadata) {
    }

    EventInput input() {
        Data given = data == null ? NONE : data;
        return new EventInput(id, source, time, given.keyId(), given.keyName(), given.meter() == null ? type : given.meter(),
                given.quantity(), given.model(), given.metadata(), VERSION.equals(specversion));
    }
}
