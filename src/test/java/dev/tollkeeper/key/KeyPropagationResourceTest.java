package dev.tollkeeper.key;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyCalls.Made;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Which replicas have heard of a key's last change. The service itself is one; others are put into the database. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyPropagationResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String OTHER = "the other";

    private final TestTeam team = TestTeam.create();
    private Made key;

    @BeforeEach
    void makeAKeyAndForgetReplicasOfOtherTests() {
        key = KeyCalls.make(team.managementKey());
        Database.update("DELETE FROM replica WHERE last_seen_at < now() - interval '5 seconds'");
        Awaitility.await().atMost(PATIENCE)
                .until(() -> !Database.query("SELECT 1 FROM replica WHERE heard IS NOT NULL").isEmpty());
    }

    @AfterEach
    void forgetTheOtherReplica() {
        Database.update("DELETE FROM replica WHERE name = ?", OTHER);
    }

    @Test
    void aRevocationIsSoonKnownToHoldEverywhere() {
        // Given
        Instant before = Instant.now();
        // When
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200);
        // Then
        ValidatableResponse told = awaitPropagated();
        told.body("key_id", equalTo(key.id())).body("replicas", hasSize(1)).body("replicas[0].seen", equalTo(true));
        assertThat(time(told, "changed_at")).isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(time(told, "replicas[0].heard_at")).isAfter(time(told, "changed_at"));
        assertThat(time(told, "replicas[0].last_seen_at")).isAfter(time(told, "changed_at"));
        assertThat(time(told, "replicas[0].started_at")).isBefore(time(told, "changed_at"));
        assertThat(told.extract().<String>path("replicas[0].name")).isNotBlank();
    }

    /** Seen to fail with a note that the trigger does not write. */
    @Test
    void aReplicaThatHasNotHeardOfTheChangeIsToldFirst() {
        // Given
        heardOfAllSoFar();
        awaitPropagated().body("replicas.seen", contains(true, true));
        // When
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200);
        // Then
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> propagation().body("propagated", equalTo(false))
                .body("replicas.seen", contains(false, true)).body("replicas[0].name", equalTo(OTHER)));
        heardOfAllSoFar();
        propagation().body("propagated", equalTo(true));
    }

    /**
     * A change whose transaction began before the replica's mark and was committed after it was not heard of. Seen to fail with
     * the transaction's number compared with the snapshot's xmax, and with the times of change and mark compared.
     */
    @Test
    void aChangeThatWasCommittedAfterTheMarkIsNotSeen() throws SQLException {
        // Given
        try (Connection editor = Database.connect(); var statement = editor.createStatement()) {
            editor.setAutoCommit(false);
            statement.executeUpdate("UPDATE api_key SET enabled = false WHERE id = '" + key.id() + "'");
            Database.update("UPDATE team SET name = name WHERE id = ?", TestTeam.create().id());
            heardOfAllSoFar();
            propagation().body("replicas.find { it.name == '" + OTHER + "' }.seen", equalTo(true));
            // When
            editor.commit();
        }
        // Then
        propagation().body("propagated", equalTo(false)).body("replicas.find { it.name == '" + OTHER + "' }.seen",
                equalTo(false));
    }

    /** Seen to fail with the transaction's number compared with the snapshot's xmin. */
    @Test
    void aLongTransactionElsewhereHoldsNothingUp() throws SQLException {
        // Given
        try (Connection longOne = Database.connect(); var statement = longOne.createStatement()) {
            longOne.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            // When
            KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200);
            // Then
            awaitPropagated();
            longOne.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE project SET name = name WHERE id = '%2$s'", "UPDATE team SET name = name WHERE id = '%3$s'",
            "UPDATE project_config SET active = true WHERE project_id = '%2$s'",
            "UPDATE membership SET role = role WHERE user_id = '%4$s'", "UPDATE app_user SET email = email WHERE id = '%4$s'",
            "UPDATE api_key_secret SET created_at = now() WHERE key_id = '%1$s'",
            "UPDATE api_key SET remaining_uses = 5 WHERE id = '%1$s'", "UPDATE api_key SET name = 'other' WHERE id = '%1$s'"})
    void aChangeOfWhatTheKeyDependsOnCounts(String change) {
        // Given
        heardOfAllSoFar();
        propagation().body("replicas.find { it.name == '" + OTHER + "' }.seen", equalTo(true));
        // When
        Database.update(String.format(change, key.id(), team.projectId(), team.id(), team.adminId()));
        // Then
        propagation().body("replicas.find { it.name == '" + OTHER + "' }.seen", equalTo(false));
    }

    /** Seen to fail with UPDATE OF in the trigger on api_key left out. */
    @Test
    void usesOfAKeyAreNoChange() {
        // Given
        KeyCalls.set(key.id(), "remaining_uses = 5");
        Database.update("DELETE FROM change_note WHERE thing = ?::uuid", key.id());
        // When
        as(key.secret()).get("/api/auth/forward").then().statusCode(200);
        // Then
        Awaitility.await().atMost(PATIENCE).until(() -> Database.value(
                "SELECT last_used_at IS NOT NULL AND remaining_uses = 4 FROM api_key WHERE id = ?::uuid", key.id())
                .equals(true));
        assertThat(Database.query("SELECT 1 FROM change_note WHERE thing = ?::uuid", key.id())).isEmpty();
    }

    @Test
    void whatChangedLongAgoHasComeEverywhere() {
        // When
        Database.update("DELETE FROM change_note WHERE thing IN (?::uuid, ?, ?, ?)", key.id(), team.projectId(), team.id(),
                team.adminId());
        // Then
        awaitPropagated().body("changed_at", equalTo(null));
    }

    /** Notes are kept for an hour: who heard nothing for so long may have missed one that is gone. */
    @Test
    void aReplicaThatHasHeardNothingForLongCountsAsNotHavingSeenTheChange() {
        // Given
        heardOfAllSoFar();
        // When
        Database.update("UPDATE replica SET heard_at = now() - interval '31 minutes' WHERE name = ?", OTHER);
        // Then
        propagation().body("replicas.find { it.name == '" + OTHER + "' }.seen", equalTo(false));
    }

    @Test
    void aReplicaThatHasJustStartedHasHeardOfNothingYet() {
        // When
        Database.update("INSERT INTO replica (id, name, started_at, last_seen_at, lease_until) VALUES (?, ?, now(), now(), "
                + "now() + interval '1 minute')", Ids.next(), OTHER);
        // Then
        propagation().body("propagated", equalTo(false)).body("replicas.find { it.name == '" + OTHER + "' }.heard_at",
                equalTo(null));
    }

    @Test
    void aReplicaWhoseLeaseHasEndedCountsNoMore() {
        // Given
        heardOfAllSoFar();
        // When
        Database.update("UPDATE replica SET lease_until = now() - interval '1 second' WHERE name = ?", OTHER);
        // Then
        propagation().body("replicas.name", not(hasItem(OTHER)));
    }

    /** Transactions of the server that the dump was made on. Seen to fail without the condition on the note. */
    @Test
    void notesFromARestoredDumpHoldNothingUp() {
        // When
        Database.update(
                "INSERT INTO change_note (thing, xid, at) SELECT ?::uuid, (pg_snapshot_xmax(pg_current_snapshot())::text"
                        + "::bigint + 1000000)::text::xid8, now()",
                key.id());
        // Then
        awaitPropagated();
    }

    /** As in the moment after a crash of the database. Asked until it is asked before the service announces itself again. */
    @Test
    void withoutAnyReplicaNothingIsSaidToHoldEverywhere() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            // When
            Database.update("DELETE FROM replica");
            // Then
            propagation().body("replicas", hasSize(0)).body("propagated", equalTo(false)).body("changed_at",
                    not(equalTo(null)));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoke", "rotate"})
    void aKeyThatWasEndedIsStillAskedFor(String verb) {
        // When
        KeyCalls.post(team.managementKey(), key.id(), verb, "{}").statusCode(200);
        // Then
        awaitPropagated();
    }

    /** A replica that has heard of what is committed by now. */
    private static void heardOfAllSoFar() {
        Database.update("DELETE FROM replica WHERE name = ?", OTHER);
        Database.update("INSERT INTO replica (id, name, started_at, last_seen_at, lease_until, heard, heard_at) VALUES "
                + "(?, ?, now(), now(), now() + interval '1 minute', pg_current_snapshot(), now())", Ids.next(), OTHER);
    }

    private ValidatableResponse awaitPropagated() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> propagation().body("propagated", equalTo(true)));
        return propagation();
    }

    private ValidatableResponse propagation() {
        return KeyCalls.get(team.managementKey(), key.id() + "/propagation").statusCode(200);
    }

    private static Instant time(ValidatableResponse told, String path) {
        return Instant.parse(told.extract().<String>path(path));
    }
}
