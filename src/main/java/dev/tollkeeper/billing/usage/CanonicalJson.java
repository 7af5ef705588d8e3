package dev.tollkeeper.billing.usage;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

import dev.tollkeeper.http.StorableText;
import dev.tollkeeper.money.Decimals;

/** Writes JSON so that equal values are equal text: no blanks, members sorted by name, numbers plain and shortest. */
final class CanonicalJson {
    private boolean storable = true;

    /** Whether everything read so far can be kept as it is: no broken characters, no number beyond 100 digits. */
    boolean isStorable() {
        return storable;
    }

    /** The value at which the parser stands. */
    String read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> string(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            default -> json.getText();
        };
    }

    private String object(JsonParser json) throws IOException {
        SortedMap<String, String> members = new TreeMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, read(json));
        }
        StringJoiner text = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> text.add(string(name) + ':' + value));
        return text.toString();
    }

    private String array(JsonParser json) throws IOException {
        List<String> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(json));
        }
        return '[' + String.join(",", elements) + ']';
    }

    private String string(String value) {
        storable &= StorableText.fits(value, 0, Integer.MAX_VALUE);
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    private String number(String text) {
        try {
            return Decimals.canonical(new BigDecimal(text)).toPlainString();
        } catch (IllegalArgumentException beyondBounds) {
            // NumberFormatException, for an exponent beyond what a BigDecimal holds, is one too.
            storable = false;
            return text;
        }
    }
}
