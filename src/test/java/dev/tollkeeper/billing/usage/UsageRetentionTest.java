package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Usage.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Old events go out of the way, but not those of a month that is open. In years past, which no other test is about. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageRetentionTest {
    private static final Instant USED = Instant.parse("1995-03-10T10:00:00Z");
    /** 400 days after the end of March. */
    private static final Instant DUE = Instant.parse("1996-05-05T00:00:00Z");
    private static final String PARTITION = "usage_event_1995_03";

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    @Inject
    UsageRetention retention;

    @Inject
    UsagePartitions partitions;

    @BeforeEach
    void useSomeInThePast() {
        Database.update("DROP TABLE IF EXISTS " + PARTITION);
        TestClock.moveTo(USED);
        partitions.makeAhead().await().indefinitely();

        Usage.send(team, List.of(event(key.id(), USED, "old", "21")));
    }

    @AfterEach
    void putItBack() {
        TestClock.reset();
        Database.update("DELETE FROM usage_rollup WHERE team_id = ?", team.id());
    }

    /** Seen to fail without the condition on open months, and with a month less in the condition of time. */
    @Test
    void eventsOfAnOpenMonthStay() {
        // When
        detachAt(DUE);
        // Then
        assertThat(isAttached()).isTrue();
    }

    @Test
    void eventsOfAClosedMonthAreDetachedWhenTheyAreOldEnough() {
        // Given
        close();
        detachAt(DUE.minusSeconds(60));
        assertThat(isAttached()).isTrue();
        // When
        detachAt(DUE);
        // Then
        assertThat(isAttached()).isFalse();
        assertThat(Database.value("SELECT count(*) FROM " + PARTITION + " WHERE team_id = ?", team.id())).isEqualTo(1L);
        var summary = as(team.managementKey()).get("/api/team-billing/summary/" + team.id() + "/1995-03-01/1995-04-01").then();
        summary.statusCode(200).body("total_quantity", equalTo("21"));
    }

    /** Another replica does it, or somebody reads: nobody waits for the other. */
    @Test
    void whoeverIsReadingIsNotWaitedFor() throws SQLException {
        // Given
        close();
        try (Connection reader = Database.connect()) {
            reader.setAutoCommit(false);
            try (var statement = reader.createStatement()) {
                statement.execute("SELECT count(*) FROM usage_event");
                // When
                detachAt(DUE);
            }
            reader.rollback();
        }
        // Then
        assertThat(isAttached()).isTrue();
        detachAt(DUE);
        assertThat(isAttached()).isFalse();
    }

    private void close() {
        Database.update("UPDATE ledger_account SET closed_through = '1995-03-01' WHERE team_id = ? AND account = 'balance'",
                team.id());
    }

    private void detachAt(Instant time) {
        TestClock.moveTo(time);
        // One partition at a time; April and May have no events.
        for (int partition = 0; partition < 4; partition++) {
            retention.detach().await().indefinitely();
        }
    }

    private static boolean isAttached() {
        return !Database.query("SELECT 1 FROM pg_inherits WHERE inhparent = 'usage_event'::regclass "
                + "AND inhrelid = to_regclass(?)", PARTITION).isEmpty();
    }
}
