package dev.tollkeeper.billing.usage;

import java.io.IOException;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * What a client wants to remember of an event.
 *
 * @param json the canonical text
 * @param isObject whether it is a JSON object, as it should be
 * @param isStorable whether the database keeps every number and character of it as it is
 */
@JsonDeserialize(using = EventMetadata.Reader.class)
@Schema(name = "EventMetadata", type = SchemaType.OBJECT, description = "Any JSON object, at most 4 KiB.")
record EventMetadata(@Schema(hidden = true) String json, @Schema(hidden = true) boolean isObject,
        @Schema(hidden = true) boolean isStorable) {
    /** Reads token by token: numbers are never made binary fractions on the way. */
    static final class Reader extends JsonDeserializer<EventMetadata> {
        @Override
        public EventMetadata deserialize(JsonParser json, DeserializationContext context) throws IOException {
            boolean isObject = json.hasToken(JsonToken.START_OBJECT);
            var canonical = new CanonicalJson();
            String text = canonical.read(json);
            return new EventMetadata(text, isObject, canonical.isStorable());
        }
    }
}
