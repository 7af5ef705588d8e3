package dev.tollkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class JsonSettingsTest {
    @Inject
    ObjectMapper json;

    record Change(Optional<String> text, Optional<Integer> number, Boolean flag) {
    }

    record Amount(BigDecimal amount) {
    }

    @Test
    void aFieldThatWasLeftOutIsNotOneSentAsNull() throws JsonProcessingException {
        // When
        Change change = json.readValue("{\"text\":null}", Change.class);
        // Then
        assertThat(change.text()).isEmpty();
        assertThat(change.number()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":1}", "{\"text\":true}", "{\"number\":\"1\"}", "{\"number\":\"\"}", "{\"number\":1.5}",
            "{\"flag\":\"true\"}", "{\"flag\":1}", "{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"a\"} {}", "{\"other\":1}"})
    void nothingIsGuessed(String text) {
        // Then
        assertThatThrownBy(() -> json.readValue(text, Change.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void numbersAreWrittenPlainly() throws JsonProcessingException {
        // When
        String written = json.writeValueAsString(new Amount(new BigDecimal("1E+3")));
        // Then
        assertThat(written).isEqualTo("{\"amount\":1000}");
    }
}
