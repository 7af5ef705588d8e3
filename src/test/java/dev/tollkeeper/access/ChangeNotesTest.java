package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What is told is noted, too: a replica that did not listen learns of changes from nothing else. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ChangeNotesTest {
    private static final String CHANGED = "changed ";

    /** Seen to fail with another function that notifies. */
    @Test
    void onlyOneFunctionTells() {
        // When
        List<Map<String, Object>> telling = Database
                .query("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                        + "AND prosrc ILIKE '%notify%'");
        // Then
        assertThat(telling).containsExactly(Map.of("proname", "tell_change"));
    }

    /** Seen to fail with an api_key_changed of another function. */
    @Test
    void itNotesWhatItTells() throws SQLException {
        // Given
        TestTeam team = TestTeam.create();
        Set<String> things = Set.of(team.id(), team.projectId(), team.adminId(), team.memberId(), team.ordinaryKey().id())
                .stream()
                .map(Object::toString).collect(Collectors.toSet());
        String project = " WHERE project_id = '" + team.projectId() + "'";
        try (Connection connection = Database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tollkeeper");
            connection.setAutoCommit(false);
            // When
            statement.execute("UPDATE team SET name = name WHERE id = '" + team.id() + "'");
            statement.execute("UPDATE project SET name = name WHERE id = '" + team.projectId() + "'");
            statement.execute("UPDATE project_config SET active = active" + project);
            statement.execute("UPDATE app_user SET email = email WHERE id = '" + team.adminId() + "'");
            statement.execute("DELETE FROM membership WHERE user_id = '" + team.memberId() + "'");
            statement.execute("UPDATE api_key SET name = name" + project + " AND NOT is_management_key");
            statement.execute("UPDATE api_key_secret SET slot = slot WHERE key_id IN (SELECT id FROM api_key" + project
                    + " AND is_management_key)");
            Set<String> noted = noted(statement);
            connection.commit();
            // Then
            Set<String> told = told(connection);
            assertThat(noted).containsExactlyInAnyOrderElementsOf(told).containsAll(things);
        }
    }

    private static Set<String> noted(Statement statement) throws SQLException {
        Set<String> noted = new HashSet<>();
        try (ResultSet rows = statement.executeQuery("SELECT thing FROM change_note WHERE xid = pg_current_xact_id()")) {
            while (rows.next()) {
                noted.add(rows.getString(1));
            }
        }
        return noted;
    }

    private static Set<String> told(Connection connection) throws SQLException {
        PGNotification[] notifications = connection.unwrap(PGConnection.class).getNotifications(1000);
        return Arrays.stream(notifications).map(PGNotification::getParameter).filter(text -> text.startsWith(CHANGED))
                .map(text -> text.substring(CHANGED.length())).collect(Collectors.toSet());
    }
}
