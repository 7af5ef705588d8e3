package dev.tollkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    private static final String CURRENT = "\"a.1\"";

    @ParameterizedTest
    @ValueSource(strings = {"\"a.1\"", " \"a.1\" ", "\"x\",\"a.1\"", "\"x\" , \"a.1\",", "W/\"a.1\", \"a.1\"", "*", " * ",
            ",,\"a.1\"", "\"b,c\",\"a.1\""})
    void whatNamesTheCurrentTagMatches(String header) {
        // Then
        assertThat(EntityTags.parse(List.of(header)).match(CURRENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"a.2\"", "W/\"a.1\"", "a.1", "\"a.1", "a.1\"", "\"a.1\" \"b\"", "\"a.1\";\"b\"", "w/\"a.1\"",
            "*,\"b\"", "\"x,\"a.1\"", "\"\"", "\"A.1\""})
    void whatDoesNotOrCannotBeReadMatchesNothing(String header) {
        // Then
        assertThat(EntityTags.parse(List.of(header)).match(CURRENT)).isFalse();
    }

    @Test
    void aWeakTagMatchesOnlyWeakly() {
        // Then
        assertThat(EntityTags.parse(List.of("W/\"a.1\"")).matchWeakly(CURRENT)).isTrue();
    }

    @Test
    void severalLinesAreOneList() {
        // Then
        assertThat(EntityTags.parse(List.of("\"x\"", CURRENT)).match(CURRENT)).isTrue();
    }

    @Test
    void noHeaderIsNoCondition() {
        // Then
        assertThat(EntityTags.parse(List.of())).isNull();
        assertThat(EntityTags.parse(null)).isNull();
    }
}
