package dev.tollkeeper.audit;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** The log cannot be changed without that showing: tampering as a superuser does it, with the triggers off. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditChainTest {
    private static final String CONFIG = "/api/manage/project-configs";
    /** Makes an entry's hash fit its content again, as a forger would who knows how. */
    private static final String REHASH = "UPDATE audit_entry e SET hash = audit_entry_hash(e) WHERE team_id = '%1$s' AND seq = ";

    private final TestTeam team = TestTeam.create();
    private final TestTeam neighbour = TestTeam.create();

    @Test
    void anUntouchedChainIsValid() {
        // Given
        changes(team, 3);
        // When
        var verdict = verify(team);
        // Then
        verdict.body("$", aMapWithSize(3)).body("valid", equalTo(true)).body("entries", equalTo(3)).body("first_broken",
                nullValue());
    }

    @Test
    void aChainOfNothingIsValid() {
        // When
        var verdict = verify(team);
        // Then
        verdict.body("valid", equalTo(true)).body("entries", equalTo(0));
    }

    /** Each line names what a forger does to a chain of six, and where it shows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UPDATE audit_entry SET actor_name = 'someone else' WHERE team_id = '%1$s' AND seq = 3 | 3 | changed",
            "UPDATE audit_entry SET changes = '{\"x\":1}' WHERE team_id = '%1$s' AND seq = 1 | 1 | changed",
            "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE team_id = '%1$s' AND seq = 6 | 6 | changed",
            "UPDATE audit_entry SET ip = NULL, user_agent = ip WHERE team_id = '%1$s' AND seq = 4 | 4 | changed",
            "UPDATE audit_entry SET changes = '{\"x\":1}' WHERE team_id = '%1$s' AND seq = 3; " + REHASH
                    + "3 | 4 | does not follow",
            "UPDATE audit_entry SET changes = '{\"x\":1}' WHERE team_id = '%1$s' AND seq = 6; " + REHASH + "6 | 6 | replaced",
            "DELETE FROM audit_entry WHERE team_id = '%1$s' AND seq = 3 | 3 | removed",
            "DELETE FROM audit_entry WHERE team_id = '%1$s' AND seq = 1 | 1 | removed",
            "DELETE FROM audit_entry WHERE team_id = '%1$s' AND seq >= 5 | 5 | removed",
            "DELETE FROM audit_entry WHERE team_id = '%1$s' | 1 | removed",
            "DELETE FROM audit_entry WHERE team_id = '%1$s' AND seq = 3; UPDATE audit_entry SET seq = seq - 1 WHERE "
                    + "team_id = '%1$s' AND seq > 3 | 3 | changed",
            "INSERT INTO audit_entry SELECT team_id, 7, gen_random_uuid(), at, actor_type, actor_id, actor_name, action, "
                    + "target_type, target_id, ip, user_agent, request_id, changes, hash, hash FROM audit_entry "
                    + "WHERE team_id = '%1$s' AND seq = 6; " + REHASH + "7 | 7 | added",
            "INSERT INTO audit_entry SELECT team_id, 0, gen_random_uuid(), at, actor_type, actor_id, actor_name, action, "
                    + "target_type, target_id, ip, user_agent, request_id, changes, hash, hash FROM audit_entry "
                    + "WHERE team_id = '%1$s' AND seq = 6; " + REHASH + "0 | 0 | added",
            "DELETE FROM audit_chain WHERE team_id = '%1$s' | 1 | added"})
    void tamperingIsSeenWhereItBegins(String forgery, int seq, String reason) {
        // Given
        changes(team, 6);
        changes(neighbour, 2);
        // When
        tamper(String.format(forgery, team.id()));
        // Then
        verify(team).body("valid", equalTo(false)).body("first_broken", aMapWithSize(4)).body("first_broken.seq", equalTo(seq))
                .body("first_broken.reason", containsString(reason)).body("entries", equalTo(Math.max(0, seq - 1)))
                .body("first_broken.id", "removed".equals(reason) ? nullValue() : notNullValue())
                .body("first_broken.at", "removed".equals(reason) ? nullValue() : notNullValue());
        verify(neighbour).body("valid", equalTo(true)).body("entries", equalTo(2));
    }

    /** Seen to fail with the trigger audit_entry_append_only taken out. */
    @ParameterizedTest
    @ValueSource(strings = {"UPDATE audit_entry SET action = 'nothing' WHERE team_id = ?",
            "DELETE FROM audit_entry WHERE team_id = ?"})
    void theDatabaseRefusesToChangeEntries(String statement) {
        // Given
        changes(team, 1);
        // Then
        assertThatThrownBy(() -> Database.update(statement, team.id())).hasMessageContaining("append-only");
        assertThatThrownBy(() -> Database.update("TRUNCATE audit_entry")).hasMessageContaining("append-only");
        verify(team).body("valid", equalTo(true)).body("entries", equalTo(1));
    }

    /** Seen to fail without FOR UPDATE in audit_append. */
    @Test
    void changesAtOnceLeaveAnUnbrokenChain() {
        // When
        List<Integer> statuses = AtOnce.run(50, i -> {
            String caller = i % 2 == 0 ? team.managementKey() : dev.tollkeeper.testsupport.Api.token(team.memberEmail());
            return as(caller).body("{\"active\":" + (i % 3 == 0) + "}").put(CONFIG).statusCode();
        });
        // Then
        assertThat(statuses).containsOnly(200, 403);
        verify(team).body("valid", equalTo(true)).body("entries", equalTo(50));
    }

    @Test
    void entriesAddedDuringTheWalkDoNotLookForged() {
        // When
        List<Boolean> verdicts = AtOnce.run(40, i -> {
            if (i % 2 == 0) {
                changes(team, 1);
                return true;
            }
            return verify(team).extract().<Boolean>path("valid");
        });
        // Then
        assertThat(verdicts).containsOnly(true);
    }

    @Test
    void aLongChainIsWalkedPageByPage() {
        // Given
        Database.query("SELECT audit_append(?, gen_random_uuid(), now(), 'system', NULL, 'test', 'test.done', 'test', i::text, "
                + "NULL, NULL, NULL, '{}') FROM generate_series(1, 2500) i", team.id());
        verify(team).body("valid", equalTo(true)).body("entries", equalTo(2500));
        // When
        tamper("UPDATE audit_entry SET target_id = 'x' WHERE team_id = '" + team.id() + "' AND seq = 2001");
        // Then
        verify(team).body("valid", equalTo(false)).body("first_broken.seq", equalTo(2001)).body("entries", equalTo(2000));
    }

    private static void changes(TestTeam team, int times) {
        for (int change = 0; change < times; change++) {
            as(team.managementKey()).body("{\"active\":" + (change % 2 == 0) + "}").put(CONFIG).then().statusCode(200);
        }
    }

    private static ValidatableResponse verify(TestTeam team) {
        return asOperator().get("/api/audit/verify?team_id=" + team.id()).then().statusCode(200);
    }

    private static void tamper(String statements) {
        try (Connection connection = Database.connect(); Statement session = connection.createStatement()) {
            session.execute("SET session_replication_role = replica");
            for (String statement : statements.split("; ")) {
                try (PreparedStatement forgery = connection.prepareStatement(statement)) {
                    assertThat(forgery.executeUpdate()).isPositive();
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
