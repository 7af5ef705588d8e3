package dev.tollkeeper.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingPeriodTest {

    @Test
    void aMonthIsReadAsWritten() {
        BillingPeriod period = BillingPeriod.parse("2025-10");

        assertThat(period).isEqualTo(new BillingPeriod(YearMonth.of(2025, 10)));
    }

    @Test
    void aMonthLastsFromItsFirstInstantToTheNextMonthsInItsZone() {
        ZoneId vienna = ZoneId.of("Europe/Vienna");

        DateRange range = BillingPeriod.parse("2025-10").range(vienna);

        assertThat(range).isEqualTo(
                new DateRange(Instant.parse("2025-09-30T22:00:00Z"), Instant.parse("2025-10-31T23:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"2025-10-31T22:59:59Z, Europe/Vienna, 2025-10", "2025-10-31T23:00:00Z, Europe/Vienna, 2025-11",
            "2025-10-31T23:00:00Z, UTC, 2025-10"})
    void anInstantBelongsToTheMonthOfItsZone(Instant instant, ZoneId zone, String expected) {
        BillingPeriod period = BillingPeriod.of(instant, zone);

        assertThat(period).isEqualTo(BillingPeriod.parse(expected));
    }

    // Clocks in St John's went from 00:01 on 1 November 2009 back to 23:01 on 31 October. Seen to fail with the month taken from
    // the clock alone: the instant was then billed in October, though November had begun.
    @Test
    void aMonthThatHasBegunIsNotLeftAgainWhenClocksAreSetBackOverMidnight() {
        BillingPeriod period = BillingPeriod.of(Instant.parse("2009-11-01T03:00:00Z"), ZoneId.of("America/St_Johns"));

        assertThat(period).isEqualTo(BillingPeriod.parse("2009-11"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "2025", "2025-13", "2025-00", "2025-1", "2025-10-01", "1969-12", " 2025-10", "+2025-10",
            "october"})
    void whatIsNoMonthIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> BillingPeriod.parse(text)).isInstanceOf(InvalidDateRangeException.class)
                .hasMessage("A month must be written as 2025-10, from the year 1970 on.");
    }
}
