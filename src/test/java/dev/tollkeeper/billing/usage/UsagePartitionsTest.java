package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.record;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Events are partitioned by month, and there is always a place for one. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsagePartitionsTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void resetClock() {
        TestClock.reset();
    }

    /** Seen to fail without the observer of the start. */
    @Test
    void theMonthsAroundNowAreThereFromTheStart() {
        LocalDate month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        assertThat(IntStream.rangeClosed(-1, 2).mapToObj(month::plusMonths).toList())
                .allSatisfy(each -> assertThat(partition(each)).isNotNull());
    }

    /** Seen to fail (500) without UsagePartitions.ensure. */
    @Test
    void anEventOfAMonthWithoutAPartitionIsNotLost() {
        // Given
        Instant far = Instant.parse("2031-03-01T00:00:10Z");
        TestClock.moveTo(far);
        var key = team.ordinaryKey();
        // When
        var response = record(team.managementKey(), with(event(key.id(), Usage.meter(), "1"), "occurred_at", far.toString()),
                with(event(key.id(), Usage.meter(), "1"), "occurred_at", "2031-02-28T23:59:59.999999Z"),
                with(event(key.id(), Usage.meter(), "1"), "occurred_at", "2031-01-25T01:00:00Z"));
        // Then
        response.body("accepted", equalTo(3));
        assertThat(partition(LocalDate.of(2031, 1, 1))).isNotNull();
        Books.audit(team.id());
    }

    private static Object partition(LocalDate month) {
        return Database.value("SELECT to_regclass(?)::text",
                "usage_event_" + month.format(DateTimeFormatter.ofPattern("yyyy_MM", java.util.Locale.ROOT)));
    }
}
