package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** What a replica forgets that learns from the database what it missed. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MissedChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOTE = "INSERT INTO change_note (thing, xid, at) VALUES (?, pg_current_xact_id(), now())";

    @Inject
    Pool pool;
    @Inject
    ReplicaLease lease;

    private final Changes changes = new Changes();
    private final UUID thing = Ids.next();
    private MissedChanges missed;

    @BeforeEach
    void hearOfWhatChangedUntilNow() {
        missed = new MissedChanges(changes, lease);
        Database.update(NOTE, Ids.next());
        missed.heard(now());
    }

    private ReplicaLease.Heard now() {
        Map<String, Object> row = Database.query("SELECT pg_current_snapshot()::text AS snapshot, " + MissedChanges.RUN
                + " AS run FROM replica WHERE id = ?", lease.id()).get(0);
        return new ReplicaLease.Heard((String) row.get("snapshot"), OffsetDateTime.MIN, (String) row.get("run"));
    }

    /** Seen to fail with everything forgotten. */
    @Test
    void onlyWhatHasChangedSince() {
        // Given
        Database.update(NOTE, thing);
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
        assertThat(isForgotten(Ids.next())).isFalse();
    }

    @Test
    void nothingWhereNothingHas() {
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(changes.last()).isZero();
    }

    /** A transaction that began before the last mark, and ended after it. */
    @Test
    void alsoWhatWasUnderWayBefore() throws SQLException {
        // Given
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement note = connection.prepareStatement(NOTE)) {
                note.setObject(1, thing);
                note.executeUpdate();
            }
            Database.update(NOTE, Ids.next());
            missed.heard(now());
            connection.commit();
        }
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
        assertThat(isForgotten(Ids.next())).isFalse();
    }

    @Test
    void everythingWhereNothingWasHeardBefore() {
        // Given
        missed = new MissedChanges(changes, lease);
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /** Seen to fail with a query that does not compare what run it is. */
    @Test
    void everythingAfterAnotherStartOfTheDatabase() {
        // Given
        ReplicaLease.Heard now = now();
        missed.heard(new ReplicaLease.Heard(now.snapshot(), now.at(), "1" + now.run()));
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /** It empties the table of replicas, and gives out again the numbers of transactions. Seen to fail where no run is compared. */
    @Test
    void everythingAfterACrashOfTheDatabase() {
        // Given
        Database.update("DELETE FROM replica WHERE id = ?", lease.id());
        lease.keep(java.util.Optional.empty()).await().atMost(PATIENCE);
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /** Seen to fail without the trigger. */
    @Test
    void everythingWhereNotesAreMissing() {
        // Given
        Database.update(NOTE, thing);
        Database.update("DELETE FROM change_note WHERE thing = ?", thing);
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /** Seen to fail where the first deletion counts for ever. */
    @Test
    void notWhereOnlyOlderNotesAreMissing() {
        // Given
        Database.update(NOTE, thing);
        Database.update("DELETE FROM change_note WHERE thing = ?", thing);
        missed.heard(now());
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isFalse();
    }

    /** Numbers that this server has not given out yet. */
    @Test
    void notesFromADumpOfAnotherServerCountNothing() {
        // Given
        String foreign = "INSERT INTO change_note (thing, xid, at) SELECT ?, (pg_snapshot_xmax(pg_current_snapshot())::text::bigint "
                + "+ 1000000)::text::xid8, now()";
        UUID deleted = Ids.next();
        Database.update(foreign, thing);
        Database.update(foreign, deleted);
        Database.update("DELETE FROM change_note WHERE thing = ?", deleted);
        missed.heard(now());
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(changes.last()).isZero();
    }

    /** Seen to fail where as many are told as there are. */
    @Test
    void everythingWhereMuchHasChanged() {
        // Given
        Database.update("INSERT INTO change_note (thing, xid, at) SELECT gen_random_uuid(), pg_current_xact_id(), now() "
                + "FROM generate_series(0, ?)", MissedChanges.MOST);
        // When
        learn(Sql.on(pool));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /** Seen to fail where a failure is passed on. */
    @Test
    void everythingWhereTheDatabaseRefusesToTell() {
        // When
        learn((statement, arguments) -> Uni.createFrom().failure(new IllegalStateException("as a test wants it")));
        // Then
        assertThat(isForgotten(thing)).isTrue();
    }

    /**
     * What is remembered may serve without the database for a while, and this connection is given up: nothing is heard of over it.
     * Seen to fail without a limit, and with everything forgotten: known keys were refused while PostgreSQL had no connection left.
     */
    @Test
    void nothingWhereTheDatabaseDoesNotAnswer() {
        assertThatThrownBy(() -> learn((statement, arguments) -> Uni.createFrom().nothing()))
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(changes.last()).isZero();
    }

    private void learn(Sql sql) {
        missed.learn(sql).await().atMost(PATIENCE);
    }

    private boolean isForgotten(UUID what) {
        return changes.since(0, () -> List.of(what));
    }
}
