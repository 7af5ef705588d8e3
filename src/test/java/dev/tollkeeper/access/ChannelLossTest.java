package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * The connection that listens is killed. What changes in the database with its triggers off is not told and not noted: a key
 * that is answered as before was not looked up.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ChannelLossTest {
    private static final String CHANNELS = "FROM pg_stat_activity WHERE application_name = 'tollkeeper-channel'";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Inject
    ChangeChannel channel;

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    @BeforeEach
    void remember() {
        Heard.again();
        as(key.secret()).get("/api/auth/forward").then().statusCode(200);
    }

    /** Seen to fail with a new subscription that forgets everything. */
    @Test
    void whatDidNotChangeIsStillRemembered() throws SQLException {
        // Given
        try (Connection connection = Database.connect(); Statement statement = connection.createStatement()) {
            disableUntold(statement);
            // When
            kill(statement);
        }
        Heard.again();
        // Then
        as(key.secret()).get("/api/auth/forward").then().statusCode(200);
    }

    /** Seen to fail with a new subscription that forgets nothing. */
    @Test
    void aRevocationThatNobodyHeardHolds() throws SQLException {
        // Given
        TestKey unchanged = team.ordinaryKey();
        as(unchanged.secret()).get("/api/auth/forward").then().statusCode(200);
        try (Connection connection = Database.connect(); Statement statement = connection.createStatement()) {
            // When: nobody can log in who would listen
            statement.execute("ALTER ROLE postgres NOLOGIN");
            try {
                kill(statement);
                statement.execute("UPDATE api_key SET revoked_at = now() WHERE id = '" + key.id() + "'");
            } finally {
                statement.execute("ALTER ROLE postgres LOGIN");
            }
        }
        Heard.again();
        // Then
        problem(as(key.secret()).get("/api/auth/forward").then(), 401, "key_revoked");
        as(unchanged.secret()).get("/api/auth/forward").then().statusCode(200);
    }

    /** Seen to fail with marks that count at once. */
    @Test
    void whileTheNotesCannotBeReadNoMarkCountsAndThenEverythingIsForgotten() throws SQLException {
        // Given
        try (Connection connection = Database.connect(); Statement statement = connection.createStatement()) {
            disableUntold(statement);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE change_note IN ACCESS EXCLUSIVE MODE");
            // When
            kill(statement);
            long killed = System.nanoTime();
            // Then
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> waits(statement));
            long waited = System.nanoTime();
            assertThat(channel.heardWithin(waited - killed)).isFalse();
            Awaitility.await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> problem(as(key.secret()).get("/api/auth/forward").then(), 401, "key_disabled"));
            assertThat(System.nanoTime() - waited).isGreaterThan(SECOND / 2);
        }
        Heard.again();
    }

    private void disableUntold(Statement statement) throws SQLException {
        statement.execute("SET session_replication_role = replica");
        statement.execute("UPDATE api_key SET enabled = false WHERE id = '" + key.id() + "'");
        statement.execute("RESET session_replication_role");
    }

    private static void kill(Statement statement) throws SQLException {
        try (ResultSet killed = statement
                .executeQuery("SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000)) " + CHANNELS)) {
            killed.next();
            assertThat(killed.getInt(1)).isOne();
        }
    }

    private static boolean waits(Statement statement) throws SQLException {
        statement.execute("SELECT pg_stat_clear_snapshot()");
        try (ResultSet waiting = statement.executeQuery("SELECT 1 " + CHANNELS + " AND wait_event_type = 'Lock'")) {
            return waiting.next();
        }
    }
}
