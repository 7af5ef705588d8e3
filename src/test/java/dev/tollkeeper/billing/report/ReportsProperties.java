package dev.tollkeeper.billing.report;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.testsupport.Cases;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Invariant 5, over HTTP: rows tile their range in every zone, ranges add up, groups sum to the ungrouped, CSV is the
 * JSON, the summary is the sum of the lines. What usage there is, the test adds up by itself.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReportsProperties {
    /** Vienna's clocks go back, Lord Howe's by half an hour, in October; Kathmandu's are 45 minutes off the hour. */
    private static final List<String> ZONES = List.of("UTC", "Europe/Vienna", "Australia/Lord_Howe", "Asia/Kathmandu",
            "America/St_Johns", "Pacific/Apia");
    private static final List<String> INTERVALS = List.of("hourly", "daily", "weekly", "monthly");
    private static final List<String> GROUPINGS = List.of("user", "user_key", "model", "provider", "project", "meter");
    private static final Instant FIRST = Instant.parse("2025-10-01T00:00:00Z");
    private static final int DAYS = 33;

    private record Event(Instant at, BigDecimal cost) {
    }

    private final TestTeam team = TestTeam.create();
    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void reportUsage() {
        TestClock.moveTo(FIRST.plus(DAYS, ChronoUnit.DAYS));
        Usage.price(team, "hours", null, "0.01");
        Usage.price(team, "tokens", null, "0.000003");
        var random = new SplittableRandom(7);
        var keys = List.of(team.key(KeyKind.ORDINARY, "a"), team.key(KeyKind.ORDINARY, "b"));
        List<Map<String, Object>> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean hours = random.nextBoolean();
            Instant at = instant(random);
            BigDecimal quantity = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(7));
            var event = Usage.event(keys.get(random.nextInt(2)).id(), at, hours ? "hours" : "tokens",
                    quantity.toPlainString());
            sent.add(random.nextBoolean() ? event : Usage.of("m-" + random.nextInt(3), event));
            events.add(new Event(at, quantity.multiply(new BigDecimal(hours ? "0.01" : "0.000003"))));
        }
        Usage.send(team, sent);
    }

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail with the edges' segments left out of the query, and with BETWEEN for the half-open comparison. */
    @Test
    void everyRowIsTheSumOfItsEvents() {
        Cases.forAll(60, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            String zone = pick(random, ZONES);
            List<Map<String, String>> rows = as(team.managementKey()).queryParam("timezone", zone)
                    .get("/api/team-billing/" + team.id() + "/" + start + "/" + end + "/" + pick(random, INTERVALS)).then()
                    .statusCode(200).extract().path("rows");
            Instant reached = start;
            for (Map<String, String> row : rows) {
                Instant rowStart = Instant.parse(row.get("start"));
                Instant rowEnd = Instant.parse(row.get("end"));
                assertThat(rowStart).isEqualTo(reached);
                assertThat(rowEnd).isAfter(rowStart);
                assertThat(new BigDecimal(row.get("cost"))).isEqualByComparingTo(cost(rowStart, rowEnd));
                reached = rowEnd;
            }
            assertThat(reached).isEqualTo(end);
        });
    }

    @Test
    void rangesAddUp() {
        Cases.forAll(60, random -> {
            Instant a = instant(random);
            Instant b = later(random, a);
            Instant c = later(random, b);
            BigDecimal whole = summary(a, c);
            assertThat(summary(a, b).add(summary(b, c))).isEqualByComparingTo(whole);
            assertThat(whole).isEqualByComparingTo(cost(a, c));
        });
    }

    @Test
    void groupsSumToTheUngroupedAndCsvIsTheJson() {
        Cases.forAll(40, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            for (String grouping : GROUPINGS) {
                var query = Map.of("from", start.toString(), "until", end.toString(), "group_by", grouping, "bucket", "1w",
                        "timezone", pick(random, ZONES));
                List<Map<String, Object>> rows = as(team.managementKey()).queryParams(query).get("/api/usage").then()
                        .statusCode(200).extract().path("rows");
                BigDecimal sum = rows.stream().map(row -> new BigDecimal((String) row.get("cost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(sum).isEqualByComparingTo(cost(start, end));
                String csv = as(team.managementKey()).accept("text/csv").queryParams(query).get("/api/usage").then()
                        .statusCode(200).extract().asString();
                assertThat(csv.lines().skip(1))
                        .containsExactlyElementsOf(rows.stream().map(ReportsProperties::csvLine).toList());
            }
        });
    }

    @Test
    void theSummaryIsTheSumOfItsLines() {
        Cases.forAll(20, random -> {
            Instant start = instant(random);
            Instant end = later(random, start);
            var summary = as(team.managementKey()).get("/api/team-billing/summary/" + team.id() + "/" + start + "/" + end)
                    .then()
                    .statusCode(200).extract();
            for (String list : List.of("by_project", "by_key", "by_model", "by_meter")) {
                List<String> costs = summary.path(list + ".cost");
                assertThat(costs.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add)).as(list)
                        .isEqualByComparingTo(cost(start, end));
            }
        });
    }

    private BigDecimal summary(Instant start, Instant end) {
        return new BigDecimal(as(team.managementKey()).get("/api/team-billing/summary/" + team.id() + "/" + start + "/" + end)
                .then().statusCode(200).extract().<String>path("total_cost"));
    }

    private BigDecimal cost(Instant start, Instant end) {
        return events.stream().filter(event -> !event.at().isBefore(start) && event.at().isBefore(end)).map(Event::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String csvLine(Map<String, Object> row) {
        String name = row.get("group_name") == null ? "" : row.get("group_name").toString();
        String group = row.get("group") == null ? "" : row.get("group").toString();
        return String.join(",", (String) row.get("start"), (String) row.get("end"), group, name, (String) row.get("quantity"),
                row.get("requests").toString(), (String) row.get("cost"), "EUR");
    }

    /** Full hours come often: there the roll-ups meet the events. */
    private static Instant instant(SplittableRandom random) {
        Instant instant = FIRST.plus(random.nextLong(Duration.ofDays(DAYS).toNanos() / 1000), ChronoUnit.MICROS);
        return random.nextInt(3) == 0 ? instant.truncatedTo(ChronoUnit.HOURS) : instant;
    }

    private static Instant later(SplittableRandom random, Instant start) {
        return start.plus(random.nextLong(Duration.ofDays(random.nextBoolean() ? 10 : 1).toNanos() / 1000), ChronoUnit.MICROS);
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
