package dev.tollkeeper.access;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Reads the body of a verification as nearly all of them are: a key, an address, a cost, each at most once and as they
 * should be. Whatever else a body holds is left to those who can say what is wrong with it.
 */
final class PlainVerifyBody {
    private static final JsonFactory JSON = new JsonFactory();

    private PlainVerifyBody() {
    }

    /** The body, null where it is not such a plain one. */
    static VerifyBody read(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            return json.nextToken() == JsonToken.START_OBJECT ? fields(json) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static VerifyBody fields(JsonParser json) throws IOException {
        String key = null;
        String ip = null;
        Integer cost = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (field.equals("key") && value == JsonToken.VALUE_STRING && key == null) {
                key = json.getText();
            } else if (field.equals("ip") && value == JsonToken.VALUE_STRING && ip == null) {
                ip = json.getText();
            } else if (field.equals("cost") && value == JsonToken.VALUE_NUMBER_INT && cost == null) {
                cost = json.getIntValue();
            } else {
                return null;
            }
        }
        boolean whole = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        boolean inBounds = key != null && key.length() <= VerifyBody.MOST_KEY_LENGTH
                && (ip == null || ip.length() <= VerifyBody.MOST_IP_LENGTH)
                && (cost == null || cost >= 0 && cost <= VerifyBody.MOST_COST);
        return whole && inBounds ? new VerifyBody(key, ip, null, cost, null) : null;
    }
}
