package dev.tollkeeper.http;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Refuses a field that is named after an API key without repeating the key: exceptions are written to traces. Every other
 * unknown field is refused by Jackson itself.
 */
final class UnknownFields extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(DeserializationContext context, JsonParser json, JsonDeserializer<?> reader,
            Object beanOrClass, String name) throws IOException {
        if (SecretText.holdsSecret(name)) {
            throw UnrecognizedPropertyException.from(json, beanOrClass, SecretText.redact(name),
                    reader == null ? null : reader.getKnownPropertyNames());
        }
        return false;
    }
}
