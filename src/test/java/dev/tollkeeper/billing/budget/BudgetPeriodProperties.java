package dev.tollkeeper.billing.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;

/**
 * Invariant 10: a window comes from zone, period and instant alone. Seen to fail with days of a fixed 24 hours and with windows of
 * UTC's calendar.
 */
class BudgetPeriodProperties {
    private static final int CASES = 5_000;
    /** In none of these do clocks change at midnight: there the JDK's start of a day is the window's. */
    private static final List<ZoneId> ZONES = zones("Europe/Vienna", "America/New_York", "Australia/Lord_Howe",
            "Asia/Kathmandu");
    private static final List<ZoneId> ODD_ZONES = zones("America/Havana", "America/Sao_Paulo", "Africa/Cairo", "Asia/Gaza",
            "Pacific/Apia", "America/Scoresbysund", "Antarctica/Troll");
    private static final List<BudgetPeriod> PERIODS = List.of(BudgetPeriod.DAILY, BudgetPeriod.WEEKLY, BudgetPeriod.MONTHLY);

    @Test
    void aWindowBeginsAndEndsWithItsPeriodOnTheCalendarOfTheZone() {
        Cases.forAll(CASES, random -> {
            ZoneId zone = pick(random, ZONES);
            BudgetPeriod period = pick(random, PERIODS);
            Instant instant = instant(random, zone);

            Window window = period.window(instant, zone);

            LocalDate first = first(period, instant.atZone(zone).toLocalDate());
            assertThat(window).as("%s of %s in %s", period, instant, zone)
                    .isEqualTo(new Window(first.atStartOfDay(zone).toInstant(),
                            next(period, first).atStartOfDay(zone).toInstant()));
        });
    }

    @Test
    void windowsTileTheTimeAndEveryInstantOfOneHasTheSame() {
        Cases.forAll(CASES, random -> {
            ZoneId zone = pick(random, random.nextBoolean() ? ZONES : ODD_ZONES);
            BudgetPeriod period = pick(random, PERIODS);
            Instant instant = instant(random, zone);

            Window window = period.window(instant, zone);

            assertThat(instant).isBetween(window.startsAt(), window.endsAt().minusNanos(1));
            long length = ChronoUnit.MICROS.between(window.startsAt(), window.endsAt());
            Instant another = window.startsAt().plus(random.nextLong(length), ChronoUnit.MICROS);
            for (Instant inside : List.of(window.startsAt(), another, window.endsAt().minusNanos(1))) {
                assertThat(period.window(inside, zone)).as("%s of %s in %s", period, inside, zone).isEqualTo(window);
            }
            assertThat(period.window(window.endsAt(), zone).startsAt()).isEqualTo(window.endsAt());
            assertThat(period.window(window.startsAt().minusNanos(1), zone).endsAt()).isEqualTo(window.startsAt());
        });
    }

    private static LocalDate first(BudgetPeriod period, LocalDate day) {
        return switch (period) {
            case DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> day.withDayOfMonth(1);
        };
    }

    private static LocalDate next(BudgetPeriod period, LocalDate first) {
        return switch (period) {
            case DAILY -> first.plusDays(1);
            case WEEKLY -> first.plusWeeks(1);
            default -> first.plusMonths(1);
        };
    }

    /** Within two days of a change of clocks, where there is one. */
    private static Instant instant(SplittableRandom random, ZoneId zone) {
        Instant somewhere = Instant.parse("1990-01-01T00:00:00Z").plusSeconds(random.nextLong(50L * 365 * 86_400));
        ZoneOffsetTransition change = zone.getRules().nextTransition(somewhere);
        Instant around = change == null || random.nextInt(4) == 0 ? somewhere : change.getInstant();
        Duration before = random.nextBoolean() ? Duration.ofHours(2) : Duration.ofDays(2);
        return around.minus(before).plus(random.nextLong(2 * before.toNanos() / 1000), ChronoUnit.MICROS);
    }

    private static <T> T pick(SplittableRandom random, List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private static List<ZoneId> zones(String... names) {
        return List.of(names).stream().map(ZoneId::of).toList();
    }
}
