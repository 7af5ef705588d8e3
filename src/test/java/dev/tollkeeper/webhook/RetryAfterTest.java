package dev.tollkeeper.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"120 | 120", "0 | 0", "Mon, 30 Nov 2026 12:01:00 GMT | 60",
            "Mon, 30 Nov 2026 11:59:00 GMT | -", "-1 | -", "1.5 | -", "9999999999 | -", "soon | -", "'' | -", "- | -"})
    void secondsAndDatesAreReadAndNothingElse(String header, Long seconds) {
        assertThat(RetryAfter.parse(header, NOW).map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
    }
}
