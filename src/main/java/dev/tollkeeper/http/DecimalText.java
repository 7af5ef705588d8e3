package dev.tollkeeper.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;
import dev.tollkeeper.money.InvalidDecimalException;

/**
 * A decimal as a client wrote it, in a string or as a JSON number: the characters themselves, so that no binary fraction
 * ever comes between. What is acceptable the field's own {@link DecimalRule} says.
 *
 * @param text the characters of the JSON token
 */
@JsonDeserialize(using = DecimalText.Reader.class)
@Schema(name = "Decimal", type = SchemaType.STRING, examples = "12.5", description = "A decimal string. A JSON number is "
        + "accepted too, and read exactly.")
public record DecimalText(@JsonValue String text) {
    /**
     * The exact value.
     *
     * @param field the field it was sent in
     * @throws DomainError naming the field where the text breaks the rule
     */
    public BigDecimal read(DecimalRule rule, String field) {
        try {
            return rule.parse(text);
        } catch (InvalidDecimalException unacceptable) {
            throw DomainError.invalidField(field, asFieldMessage(unacceptable.getMessage()));
        }
    }

    private static String asFieldMessage(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, sentence.length() - 1);
    }

    /** Takes the token's characters. */
    static final class Reader extends JsonDeserializer<DecimalText> {
        @Override
        public DecimalText deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.hasToken(JsonToken.VALUE_STRING) || json.currentToken().isNumeric()) {
                return new DecimalText(json.getText());
            }
            return (DecimalText) context.handleUnexpectedToken(DecimalText.class, json);
        }
    }
}
