package dev.tollkeeper.billing.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetPeriodTest {
    /** Invariant 10. */
    @ParameterizedTest
    @CsvSource({
            "Europe/Vienna, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, PT23H",
            "Europe/Vienna, 2026-10-25T00:30:00Z, 2026-10-24T22:00:00Z, PT25H",
            "America/New_York, 2026-03-08T12:00:00Z, 2026-03-08T05:00:00Z, PT23H",
            "America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, PT25H",
            "Australia/Lord_Howe, 2026-04-04T16:00:00Z, 2026-04-04T13:00:00Z, PT24H30M",
            "Australia/Lord_Howe, 2026-10-03T20:00:00Z, 2026-10-03T13:30:00Z, PT23H30M",
            "Asia/Kathmandu, 2026-10-03T18:14:59Z, 2026-10-02T18:15:00Z, PT24H",
            "Asia/Kathmandu, 2026-10-03T18:15:00Z, 2026-10-03T18:15:00Z, PT24H"})
    void aDayIsAsLongAsTheClocksMakeIt(String zone, Instant instant, Instant start, Duration length) {
        // When
        Window window = BudgetPeriod.DAILY.window(instant, ZoneId.of(zone));
        // Then
        assertThat(window).isEqualTo(new Window(start, start.plus(length)));
    }

    @Test
    void aWeekBeginsOnMondayAndAMonthOnItsFirstDay() {
        // Given: a Sunday evening in Vienna
        Instant sunday = Instant.parse("2026-11-01T20:00:00Z");
        ZoneId vienna = ZoneId.of("Europe/Vienna");
        // Then
        assertThat(BudgetPeriod.WEEKLY.window(sunday, vienna))
                .isEqualTo(new Window(Instant.parse("2026-10-25T23:00:00Z"), Instant.parse("2026-11-01T23:00:00Z")));
        assertThat(BudgetPeriod.MONTHLY.window(sunday, vienna))
                .isEqualTo(new Window(Instant.parse("2026-10-31T23:00:00Z"), Instant.parse("2026-11-30T23:00:00Z")));
    }

    @Test
    void theTotalHasOneWindowThatDoesNotEnd() {
        Window window = BudgetPeriod.TOTAL.window(Instant.parse("2026-11-01T20:00:00Z"), ZoneId.of("Europe/Vienna"));
        assertThat(window.endsAt()).isNull();
        assertThat(window.isOver(Instant.parse("9999-01-01T00:00:00Z"))).isFalse();
    }
}
