package dev.tollkeeper.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.tollkeeper.http.problem.DomainError;

/**
 * A JSON object that people keep with a key. What is stored is what comes back: no number goes through a float.
 *
 * @param json the object as JSON text
 */
@JsonDeserialize(using = Metadata.Reader.class)
@Schema(name = "KeyMetadata", type = SchemaType.OBJECT, description = "A JSON object of your own, at most 4 KiB")
record Metadata(@JsonValue @JsonRawValue @Schema(hidden = true) String json) {
    /** No metadata. */
    static final Metadata NONE = new Metadata("{}");

    private static final int MOST_BYTES = 4096;
    /** Written out, a number such as 1e100000 would be far longer than the text that it came in. */
    private static final int MOST_DIGITS = 100;
    private static final String FIELD = "metadata";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
            .build();

    /** Reads metadata from a request, or from what was stored. */
    static final class Reader extends JsonDeserializer<Metadata> {
        @Override
        public Metadata deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw DomainError.invalidField(FIELD, "must be a JSON object");
            }
            return of(JSON.readerFor(Map.class).readValue(parser));
        }
    }

    /** Metadata as it was stored; PostgreSQL keeps an object's value, not its text. */
    static Metadata stored(String json) {
        try {
            return new Metadata(write(JSON.readValue(json, Map.class)));
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Metadata of(Map<?, ?> object) {
        check(object);
        String json = write(object);
        if (json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw DomainError.invalidField(FIELD, "may be at most " + MOST_BYTES + " bytes of JSON");
        }
        return new Metadata(json);
    }

    private static void check(Object value) {
        if (value instanceof Map<?, ?> object) {
            object.keySet().forEach(Metadata::check);
            object.values().forEach(Metadata::check);
        } else if (value instanceof List<?> list) {
            list.forEach(Metadata::check);
        } else if (value instanceof BigDecimal number
                && (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS)) {
            throw DomainError.invalidField(FIELD, "may not hold numbers of more than " + MOST_DIGITS
                    + " digits. Send them as text");
        } else if (value instanceof String text && text.codePoints().anyMatch(Metadata::cannotBeStored)) {
            throw DomainError.invalidField(FIELD, "may not hold the character U+0000 or half of a surrogate pair");
        }
    }

    private static boolean cannotBeStored(int character) {
        return character == 0 || Character.getType(character) == Character.SURROGATE;
    }

    private static String write(Map<?, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
