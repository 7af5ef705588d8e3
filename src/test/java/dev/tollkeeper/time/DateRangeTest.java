package dev.tollkeeper.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {

    @Test
    void theSameDateTwiceIsARangeOfZeroSeconds() {
        DateRange range = DateRange.parse("2025-10-31", "2025-10-31", ZoneIds.UTC);

        assertThat(range.duration()).isZero();
        assertThat(range.isEmpty()).isTrue();
    }

    @Test
    void aDateAndTheNextAreExactlyItsTwentyFourHours() {
        DateRange range = DateRange.parse("2025-10-30", "2025-10-31", ZoneIds.UTC);

        assertThat(range).isEqualTo(
                new DateRange(Instant.parse("2025-10-30T00:00:00Z"), Instant.parse("2025-10-31T00:00:00Z")));
        assertThat(range.duration()).isEqualTo(Duration.ofHours(24));
        assertThat(range.isEmpty()).isFalse();
    }

    // Invariant 5. Seen to fail with the end of a day taken as 24 hours after its start.
    @ParameterizedTest
    @CsvSource({"2025-03-30, 2025-03-31, Europe/Vienna, 23h", "2025-10-26, 2025-10-27, Europe/Vienna, 25h",
            "2025-10-05, 2025-10-06, Australia/Lord_Howe, 23h30m", "2025-04-06, 2025-04-07, Australia/Lord_Howe, 24h30m",
            "2018-11-04, 2018-11-05, America/Sao_Paulo, 23h", "2025-06-01, 2025-06-02, Asia/Kathmandu, 24h",
            "2011-12-30, 2011-12-31, Pacific/Apia, 0h"})
    void aDayIsAsLongAsItsZoneMakesIt(String day, String next, ZoneId zone, String length) {
        DateRange range = DateRange.parse(day, next, zone);

        assertThat(range.duration()).isEqualTo(Duration.parse("PT" + length));
    }

    @ParameterizedTest
    @CsvSource({"2025-10-31, 2025-10-30T23:00:00Z", "2025-10-31T14:30, 2025-10-31T13:30:00Z",
            "2025-10-31T14:30:59, 2025-10-31T13:30:59Z", "2025-10-31T14:30:59.5, 2025-10-31T13:30:59.500Z",
            "2025-10-31T14:30:59.123456789, 2025-10-31T13:30:59.123456Z", "2025-10-31T14:30Z, 2025-10-31T14:30:00Z",
            "2025-10-31T14:30+05:45, 2025-10-31T08:45:00Z", "2025-10-31T14:30:00-08:00, 2025-10-31T22:30:00Z",
            "1970-01-01, 1969-12-31T23:00:00Z"})
    void dateTimesAreTakenAsWritten(String written, Instant expected) {
        DateRange range = DateRange.parse(written, "9999-01-01", ZoneId.of("Europe/Vienna"));

        assertThat(range.start()).isEqualTo(expected);
    }

    @Test
    void aLocalTimeThatWasSkippedMovesForwardAndOneThatHappensTwiceIsTheEarlier() {
        DateRange range = DateRange.parse("2025-03-30T02:30", "2025-10-26T02:30", ZoneId.of("Europe/Vienna"));

        assertThat(range.start()).isEqualTo(Instant.parse("2025-03-30T01:30:00Z"));
        assertThat(range.end()).isEqualTo(Instant.parse("2025-10-26T00:30:00Z"));
    }

    @Test
    void aDayWhoseMidnightIsSkippedBeginsAtItsFirstInstant() {
        DateRange range = DateRange.parse("2018-11-04", "2018-11-05", ZoneId.of("America/Sao_Paulo"));

        assertThat(range.start()).isEqualTo(Instant.parse("2018-11-04T03:00:00Z"));
    }

    @Test
    void anEndBeforeTheStartIsRefused() {
        assertThatThrownBy(() -> DateRange.parse("2025-10-31", "2025-10-30", ZoneIds.UTC))
                .isInstanceOf(InvalidDateRangeException.class)
                .hasMessage("The end of the range must not be before its start.");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "today", "2025-10", "2025-13-01", "2025-02-30", "2025-1-1", "20251031", " 2025-10-31",
            "2025-10-31 ", "2025-10-31T", "2025-10-31T24:00", "2025-10-31T23:59:60", "2025-10-31T14", "2025-10-31 14:30",
            "2025-10-31T14:30+19:00", "2025-10-31T14:30[Europe/Vienna]", "1969-12-31", "0000-01-01", "-2025-10-31",
            "+10000-01-01", "9999-12-31T23:59-12:00", "2025-10-31T14:30:00.1234567890",
            "2025-10-31T14:30:00.00000000000000000000000000000000000000000000"})
    void whatIsNoDateIsRefusedWithTheAcceptedForms(String written) {
        assertThatThrownBy(() -> DateRange.parse(written, "9999-01-01", ZoneIds.UTC))
                .isInstanceOf(InvalidDateRangeException.class)
                .hasMessageContaining("2025-10-31T14:30:00+02:00, in the years 1970 to 9999.");
    }
}
