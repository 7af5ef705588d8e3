package dev.tollkeeper.billing.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.Budgets;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import dev.tollkeeper.webhook.WebhookCalls;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Invariant 10 on the database: budgets of every scope, period and zone count weeks of usage around the changes of clocks, late usage
 * included. Which thresholds of which windows were reached, the test adds up by itself: thousands, of which each is told once.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BudgetFiringProperties {
    private static final List<String> ZONES = List.of("Europe/Vienna", "America/New_York", "Australia/Lord_Howe",
            "Asia/Kathmandu");
    private static final List<String> PERIODS = List.of("daily", "weekly", "monthly", "total");
    private static final List<String> SCOPES = List.of("project", "key", "each_key", "user", "each_user");
    private static final List<String> THRESHOLDS = List.of("0.25", "0.5", "0.8", "1");
    private static final int STEPS = 40;

    private final TestTeam team = TestTeam.create();
    private final String meter = Usage.meter();
    private final List<UUID> keys = List.of(team.ordinaryKey().id(), team.ordinaryKey().id(), team.ordinaryKey().id());
    private final Map<String, Map<String, Object>> budgets = new HashMap<>();
    private final List<Spent> spent = new ArrayList<>();

    private record Spent(UUID key, Instant at, BigDecimal cost) {
    }

    /** A window that a subject of a budget has spent in. */
    private record Counted(String budget, Instant windowStart, UUID subject) {
    }

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /** Seen to fail with windows of UTC's calendar, and with the windows of late events not looked at. */
    @ParameterizedTest
    @CsvSource({"1, 2026-03-08T04:00:00Z", "2, 2026-10-03T13:00:00Z"})
    void eachThresholdOfEachWindowIsToldOnceWhenItIsReached(long seed, Instant begin) {
        // Given
        var random = new SplittableRandom(seed);
        TestClock.moveTo(begin);
        Usage.price(meter, "0.01");
        WebhookCalls.make(team, "https://hooks.invalid", WebhookType.BUDGET_THRESHOLD_REACHED);
        ZONES.forEach(zone -> PERIODS.forEach(period -> SCOPES.forEach(scope -> create(random, zone, period, scope))));
        // When
        Map<String, Long> told = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            Instant now = begin.plus(Duration.ofHours(18L * step)).plusSeconds(random.nextInt(17 * 3600));
            TestClock.moveTo(now);
            Usage.send(team, events(random, now, begin));
            takeWhatIsTold(told);
        }
        // Then
        Map<String, Long> reached = reached();
        assertThat(reached).hasSizeGreaterThan(2000);
        assertThat(fired()).isEqualTo(reached);
        assertThat(told).isEqualTo(reached);
        Budgets.audit(team.id());
    }

    private void create(SplittableRandom random, String zone, String period, String scope) {
        Map<String, Object> terms = new HashMap<>(Map.of("timezone", zone, "period", period, "scope", scope, "thresholds",
                THRESHOLDS, "enforced", false, "hard_limit",
                String.valueOf(5 + random.nextInt(period.equals("daily") ? 10 : 100))));
        if (scope.equals("key")) {
            terms.put("key_id", keys.get(0));
        }
        if (scope.equals("user")) {
            terms.put("user_id", team.adminId());
        }
        String path = Budgets.create(team, terms);
        budgets.put(path.substring(path.lastIndexOf('/') + 1), terms);
    }

    /** Most are of the last hours; others come late. */
    private List<Map<String, Object>> events(SplittableRandom random, Instant now, Instant begin) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int left = 10 + random.nextInt(60); left > 0; left--) {
            Duration ago = random.nextInt(5) == 0
                    ? Duration.ofSeconds(random.nextLong(Duration.between(begin, now).toSeconds() + 86_400))
                    : Duration.ofSeconds(random.nextInt(40 * 3600) - 240);
            Instant at = now.minus(ago).plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
            UUID key = keys.get(random.nextInt(keys.size()));
            int quantity = random.nextInt(120);
            events.add(Usage.event(key, at, meter, String.valueOf(quantity)));
            spent.add(new Spent(key, at, new BigDecimal(quantity).movePointLeft(2)));
        }
        return events;
    }

    /** By the calendar of java.time and by plain sums: what has reached which threshold. */
    private Map<String, Long> reached() {
        Map<Counted, BigDecimal> sums = new HashMap<>();
        budgets.forEach((budget, terms) -> spent.stream().filter(each -> counts(terms, each))
                .forEach(each -> sums.merge(new Counted(budget, windowStart(terms, each.at()), subject(budget, terms, each)),
                        each.cost(), BigDecimal::add)));
        Map<String, Long> reached = new HashMap<>();
        sums.forEach((counted, sum) -> {
            BigDecimal limit = new BigDecimal((String) budgets.get(counted.budget()).get("hard_limit"));
            THRESHOLDS.stream().filter(each -> sum.compareTo(limit.multiply(new BigDecimal(each))) >= 0)
                    .forEach(each -> reached.put(line(counted.budget(), counted.windowStart(), counted.subject(), each), 1L));
        });
        return reached;
    }

    private static boolean counts(Map<String, Object> terms, Spent each) {
        return !terms.containsKey("key_id") || each.key().equals(terms.get("key_id"));
    }

    /** All keys are the admin's. */
    private UUID subject(String budget, Map<String, Object> terms, Spent each) {
        return switch ((String) terms.get("scope")) {
            case "each_key" -> each.key();
            case "each_user" -> team.adminId();
            default -> UUID.fromString(budget);
        };
    }

    private static Instant windowStart(Map<String, Object> terms, Instant at) {
        ZoneId zone = ZoneId.of((String) terms.get("timezone"));
        LocalDate day = at.atZone(zone).toLocalDate();
        return switch ((String) terms.get("period")) {
            case "daily" -> day.atStartOfDay(zone).toInstant();
            case "weekly" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(zone).toInstant();
            case "monthly" -> day.withDayOfMonth(1).atStartOfDay(zone).toInstant();
            default -> Instant.EPOCH;
        };
    }

    private Map<String, Long> fired() {
        Map<String, Long> fired = new HashMap<>();
        Database.query("SELECT budget_id, starts_at, subject_id, threshold FROM budget_firing WHERE team_id = ?", team.id())
                .forEach(row -> fired.merge(line(row.get("budget_id"), ((Timestamp) row.get("starts_at")).toInstant(),
                        (UUID) row.get("subject_id"), ((BigDecimal) row.get("threshold")).stripTrailingZeros().toPlainString()),
                        1L, Long::sum));
        return fired;
    }

    /** What webhooks are to be told. It goes nowhere, and is not tried for long. */
    private void takeWhatIsTold(Map<String, Long> told) {
        Database.query("""
                SELECT d ->> 'budget_id' AS budget, d ->> 'window_start' AS starts_at, d ->> 'threshold' AS threshold,
                       d ->> 'scope' AS scope, d ->> 'key_id' AS key, d ->> 'user_id' AS member
                FROM (SELECT body::jsonb -> 'data' AS d FROM webhook_delivery WHERE team_id = ?) deliveries
                """, team.id()).forEach(row -> told.merge(line(row.get("budget"), Instant.parse((String) row.get("starts_at")),
                toldSubject(row), (String) row.get("threshold")), 1L, Long::sum));
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
    }

    private static UUID toldSubject(Map<String, Object> row) {
        return UUID.fromString((String) switch ((String) row.get("scope")) {
            case "each_key" -> row.get("key");
            case "each_user" -> row.get("member");
            default -> row.get("budget");
        });
    }

    private static String line(Object budget, Instant windowStart, UUID subject, String threshold) {
        return budget + " " + windowStart + ' ' + subject + ' ' + threshold;
    }
}
