package dev.tollkeeper.http.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    private record Table(List<String> csvHeader, List<List<?>> rows) implements CsvTable {
        @Override
        public Stream<List<?>> csvRows() {
            return rows.stream();
        }
    }

    @Test
    void aTableIsAHeaderAndRows() throws IOException {
        // Given
        var table = new Table(List.of("name", "at", "cost"), List.of(
                Arrays.asList("a, \"quoted\" name", Instant.EPOCH, "-1.50"), Arrays.asList("b", null, "0.000000")));
        // When
        String csv = write(table);
        // Then
        assertThat(csv).isEqualTo("name,at,cost\r\n\"a, \"\"quoted\"\" name\",1970-01-01T00:00:00Z,-1.50\r\nb,,0.000000\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {"=1+1 | '=1+1", "+1 | '+1", "-x | '-x", "@sum | '@sum",
            "-1.5 | -1.5", "a=b | a=b", "-1.5e3 | '-1.5e3"})
    void noCellIsAFormula(String value, String cell) throws IOException {
        // When
        String csv = write(new Table(List.of("c"), List.of(List.of(value))));
        // Then
        assertThat(csv).isEqualTo("c\r\n" + cell + "\r\n");
    }

    private static String write(CsvTable table) throws IOException {
        StringBuilder csv = new StringBuilder();
        Csv.write(table, csv);
        return csv.toString();
    }
}
