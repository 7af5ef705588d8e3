package dev.tollkeeper.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class CanonicalJsonTest {
    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"b\":1,\"a\":[true,false,null,{}]} | {\"a\":[true,false,null,{}],\"b\":1}",
            "{\"a\" : 1.50 , \"b\":-0.0,\"c\":1e3} | {\"a\":1.5,\"b\":0,\"c\":1000}",
            "{\"a\":12345678901234567890.123456789} | {\"a\":12345678901234567890.123456789}",
            "{\"a\":0.1234567890123456789012345678901234567890} | {\"a\":0.123456789012345678901234567890123456789}",
            "{\"a\\u0062\":\"\\u00e4\\n\\\"\"} | {\"ab\":\"ä\\n\\\"\"}", "[] | []"})
    void equalValuesAreEqualText(String text, String canonical) throws IOException {
        // When
        EventMetadata read = json.readValue(text, EventMetadata.class);
        // Then
        assertThat(read.json()).isEqualTo(canonical);
        assertThat(read.isStorable()).isTrue();
        assertThat(json.readValue(canonical, EventMetadata.class).json()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1e101}", "{\"a\":1e-101}", "{\"a\":1e9999999999}", "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}"})
    void whatTheDatabaseCannotKeepIsNotStorable(String text) throws IOException {
        // When
        EventMetadata read = json.readValue(text, EventMetadata.class);
        // Then
        assertThat(read.isStorable()).isFalse();
    }
}
