package dev.tollkeeper.billing.report;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.Json;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/**
 * Invariant 5, over HTTP: rows tile their range in every zone, ranges add up, groups sum to the ungrouped, CSV is the
 * JSON, the summary is the sum of the lines. What usage there is, the test adds up by itself: two thousand events, most of them in
 * the hours around a change of clocks.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReportsProperties {
    /** Clocks change by an hour in Vienna and New York, by half an hour on Lord Howe; Kathmandu's are 45 minutes off the hour. */
    private static final List<String> ZONES = List.of("UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe",
            "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia");
    private static final List<String> INTERVALS = List.of("hourly", "daily", "weekly", "monthly");
    private static final List<String> BUCKETS = List.of("1h", "6h", "1d", "1w", "1M", "1Y");
    private static final List<String> GROUPINGS = List.of("user", "user_key", "model", "provider", "project", "meter");
    /** New York, Vienna and Lord Howe in spring, then Lord Howe, Vienna and New York in autumn; midnight in Kathmandu; a new month. */
    private static final List<Instant> CHANGES = List.of(Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-04-04T15:00:00Z"), Instant.parse("2026-10-03T15:30:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"), Instant.parse("2026-11-01T06:00:00Z"), Instant.parse("2026-10-10T18:15:00Z"),
            Instant.parse("2026-04-01T00:00:00Z"));
    private static final List<Instant> SEASONS = List.of(Instant.parse("2026-03-05T00:00:00Z"),
            Instant.parse("2026-10-01T00:00:00Z"));
    private static final Duration SEASON = Duration.ofDays(33);

    private record Event(Instant at, BigDecimal cost) {
    }

    private final TestTeam team = TestTeam.create();
    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void reportUsage() {
        Usage.price(team, "hours", null, "0.01");
        Usage.price(team, "tokens", null, "0.000003");
        var random = new SplittableRandom(7);
        var keys = List.of(team.key(KeyKind.ORDINARY, "a"), team.key(KeyKind.ORDINARY, "b"));
        for (Instant season : SEASONS) {
            TestClock.moveTo(season.plus(SEASON));
            List<Map<String, Object>> sent = new ArrayList<>();
            while (sent.size() < 1000) {
                Instant at = instant(random);
                if (!at.isBefore(season) && at.isBefore(season.plus(SEASON))) {
                    sent.add(event(random, keys.get(random.nextInt(2)), at));
                }
            }
            Usage.send(team, sent);
        }
    }

    private Map<String, Object> event(SplittableRandom random, TestTeam.TestKey key, Instant at) {
        boolean hours = random.nextBoolean();
        BigDecimal quantity = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(7));
        events.add(new Event(at, quantity.multiply(new BigDecimal(hours ? "0.01" : "0.000003"))));
        var event = Usage.event(key.id(), at, hours ? "hours" : "tokens", quantity.toPlainString());
        return random.nextBoolean() ? event : Usage.of("m-" + random.nextInt(3), event);
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail with the edges' segments left out of the query, and with BETWEEN for the half-open comparison. */
    @Test
    void everyRowIsTheSumOfItsEvents() {
        Cases.forAll(250, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            String path = range("", start, end) + '/' + pick(random, INTERVALS) + "?timezone=" + pick(random, ZONES);
            JsonNode report = get(path);
            Instant reached = start;
            for (JsonNode row : report.path("rows")) {
                Instant rowStart = Instant.parse(row.path("start").asText());
                Instant rowEnd = Instant.parse(row.path("end").asText());
                assertThat(rowStart).isEqualTo(reached);
                assertThat(rowEnd).isAfter(rowStart);
                assertThat(decimal(row, "cost")).isEqualByComparingTo(cost(rowStart, rowEnd));
                reached = rowEnd;
            }
            assertThat(reached).isEqualTo(end);
            assertThat(sum(report.path("rows"))).isEqualByComparingTo(decimal(report, "total_cost"));
            assertThat(csv(path)).isEqualTo(lines(report.path("rows"), row -> line(row, "start", "end", "quantity", "cost",
                    "EUR", "requests")));
        });
    }

    @Test
    void rangesAddUp() {
        Cases.forAll(150, random -> {
            Instant a = instant(random);
            Instant b = later(random, a);
            Instant c = later(random, b);
            BigDecimal whole = summary(a, c);
            assertThat(summary(a, b).add(summary(b, c))).isEqualByComparingTo(whole);
            assertThat(whole).isEqualByComparingTo(cost(a, c));
        });
    }

    private BigDecimal summary(Instant start, Instant end) {
        return decimal(get(range("summary/", start, end)), "total_cost");
    }

    /** Seen to fail with a grouping that leaves out usage which has no model. */
    @Test
    void groupsSumToTheUngroupedAndCsvIsTheJson() {
        Cases.forAll(200, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            String path = "/api/usage?from=" + start + "&until=" + end + "&bucket=" + pick(random, BUCKETS) + "&timezone="
                    + pick(random, ZONES);
            Map<String, BigDecimal> ungrouped = byStart(get(path).path("rows"));
            JsonNode grouped = get(path + "&group_by=" + pick(random, GROUPINGS)).path("rows");
            assertThat(byStart(grouped)).isEqualTo(ungrouped);
            assertThat(ungrouped.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(cost(start, end));
            String grouping = pick(random, GROUPINGS);
            assertThat(csv(path + "&group_by=" + grouping)).isEqualTo(lines(get(path + "&group_by=" + grouping).path("rows"),
                    row -> line(row, "start", "end", "group", "group_name", "quantity", "requests", "cost", "EUR")));
        });
    }

    /** What something was used for, bucket by bucket; those in which nothing was are left out. */
    private static Map<String, BigDecimal> byStart(JsonNode rows) {
        Map<String, BigDecimal> sums = new HashMap<>();
        for (JsonNode row : rows) {
            if (decimal(row, "cost").signum() > 0) {
                sums.merge(row.path("start").asText(), decimal(row, "cost"), (one, other) -> one.add(other));
            }
        }
        sums.replaceAll((start, cost) -> cost.stripTrailingZeros());
        return sums;
    }

    @Test
    void theProjectsIntervalsAreTheTeams() {
        Cases.forAll(40, random -> {
            Instant start = instant(random);
            String path = range("", start, later(random, start)) + '/' + pick(random, INTERVALS) + "?timezone="
                    + pick(random, ZONES);
            String byProject = path.replace("/team-billing/", "/team-billing/group-by-project/");
            JsonNode projects = get(byProject).path("projects");
            List<String> lines = new ArrayList<>();
            projects.forEach(project -> project.path("rows").forEach(row -> lines.add(project.path("project_id").asText() + ','
                    + project.path("name").asText() + ',' + line(row, "start", "end", "quantity", "cost", "EUR", "requests"))));
            assertThat(csv(byProject)).isEqualTo(lines);
            JsonNode all = get(path).path("rows");
            for (JsonNode project : projects) {
                assertThat(project.path("rows")).isEqualTo(all);
            }
        });
    }

    @Test
    void theSummaryIsTheSumOfItsLines() {
        Cases.forAll(150, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            JsonNode summary = get(range("summary/", start, end));
            for (String list : List.of("by_project", "by_key", "by_model", "by_meter")) {
                assertThat(sum(summary.path(list))).as(list).isEqualByComparingTo(cost(start, end));
            }
            assertThat(decimal(summary, "total_cost")).isEqualByComparingTo(cost(start, end));
        });
    }

    private String range(String what, Instant start, Instant end) {
        return "/api/team-billing/" + what + team.id() + '/' + start + '/' + end;
    }

    private JsonNode get(String path) {
        return Json.of(answer(path, "application/json"));
    }

    private List<String> csv(String path) {
        return answer(path, "text/csv").extract().asString().lines().skip(1).toList();
    }

    private ValidatableResponse answer(String path, String type) {
        return as(team.managementKey()).accept(type).get(path).then().statusCode(200);
    }

    private static List<String> lines(JsonNode rows, Function<JsonNode, String> line) {
        return StreamSupport.stream(rows.spliterator(), false).map(line).toList();
    }

    /** These fields of a row; what is no field stands for itself, and nothing for null. */
    private static String line(JsonNode row, String... fields) {
        List<String> cells = new ArrayList<>();
        for (String field : fields) {
            cells.add(row.has(field)
                    ? row.path(field).isNull() ? "" : row.path(field).asText()
                    : field.equals("EUR") ? field : "");
        }
        return String.join(",", cells);
    }

    private static BigDecimal sum(JsonNode rows) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            sum = sum.add(decimal(row, "cost"));
        }
        return sum;
    }

    private static BigDecimal decimal(JsonNode row, String field) {
        return new BigDecimal(row.path(field).asText());
    }

    private BigDecimal cost(Instant start, Instant end) {
        return events.stream().filter(event -> !event.at().isBefore(start) && event.at().isBefore(end)).map(Event::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Near a change of clocks more often than not. Full hours and quarters come often: there the roll-ups meet the events. */
    private static Instant instant(SplittableRandom random) {
        Instant instant = random.nextInt(3) > 0
                ? CHANGES.get(random.nextInt(CHANGES.size())).plus(micros(random, Duration.ofHours(6)))
                        .minus(Duration.ofHours(3))
                : SEASONS.get(random.nextInt(SEASONS.size())).plus(micros(random, SEASON));
        return switch (random.nextInt(4)) {
            case 0 -> instant.truncatedTo(ChronoUnit.HOURS);
            case 1 -> instant.minusNanos(Math.floorMod(instant.getEpochSecond(), 900) * 1_000_000_000L + instant.getNano());
            default -> instant;
        };
    }

    private static Instant later(SplittableRandom random, Instant start) {
        return start.plus(micros(random, Duration.ofDays(random.nextBoolean() ? 10 : 1)));
    }

    private static Duration micros(SplittableRandom random, Duration most) {
        return Duration.of(random.nextLong(most.toNanos() / 1000), ChronoUnit.MICROS);
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
