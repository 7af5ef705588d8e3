package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.start.ServiceStart;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReplicaLeaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Pool pool;
    @Inject
    Clock clock;
    @Inject
    CacheSettings cache;
    @Inject
    ReplicaLease own;
    @Inject
    ReplicaCleanup cleanup;

    private ReplicaLease lease;

    @AfterEach
    void leave() {
        if (lease != null) {
            lease.onStop(new ShutdownEvent());
        }
    }

    @Test
    void aReplicaIsThereFromItsStartToItsEnd() {
        // When
        lease = enter("x".repeat(150), Duration.ofSeconds(7));
        // Then
        Map<String, Object> row = row(lease).get(0);
        assertThat(row).containsEntry("name", "x".repeat(100)).containsEntry("heard", null).containsEntry("heard_at", null);
        // ... for as long as it may serve without the database, and 7 s
        assertThat(row).containsEntry("seconds", (double) cache.maxStale().plusSeconds(7).toSeconds());
        lease.onStop(new ShutdownEvent());
        assertThat(row(lease)).isEmpty();
    }

    @Test
    void anEmptyNameAndALeaseOfNothingAreReplaced() {
        // When
        lease = enter(" ", Duration.ZERO);
        // Then
        assertThat((String) row(lease).get(0).get("name")).isNotBlank();
        assertThat(row(lease).get(0)).containsEntry("seconds", (double) cache.maxStale().plusSeconds(3).toSeconds());
    }

    @Test
    void whatWasHeardStaysUntilMoreIs() {
        // Given
        lease = enter("a", Duration.ofSeconds(7));
        OffsetDateTime at = OffsetDateTime.parse("2026-01-02T03:04:05Z");
        // When
        lease.keep(Optional.of(new ReplicaLease.Heard("7:9:8", at, null))).await().atMost(PATIENCE);
        lease.keep(Optional.empty()).await().atMost(PATIENCE);
        // Then
        assertThat(row(lease).get(0)).containsEntry("heard", "7:9:8").containsEntry("since", at.toEpochSecond());
    }

    /** Seen to fail with a row that is only updated. */
    @Test
    void aReplicaThatWasForgottenComesBack() {
        // When
        Database.update("DELETE FROM replica WHERE id = ?", own.id());
        // Then
        Awaitility.await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(row(own)).hasSize(1).allSatisfy(row -> assertThat(row.get("heard")).isNotNull()));
    }

    /** Seen to fail without {@code left}. */
    @Test
    void aReplicaThatLeftIsNotBroughtBackByALateRenewal() {
        // Given
        lease = enter("a", Duration.ofSeconds(7));
        lease.onStop(new ShutdownEvent());
        // When
        lease.keep(Optional.empty()).await().atMost(PATIENCE);
        // Then
        assertThat(row(lease)).isEmpty();
    }

    @Test
    void endedLeasesAndOldNotesAreForgotten() {
        // Given
        lease = enter("a", Duration.ofSeconds(7));
        Database.update("UPDATE replica SET lease_until = now() - interval '1 second' WHERE id = ?", lease.id());
        Object old = note("61 minutes");
        Object fresh = note("59 minutes");
        // When
        cleanup.forget().await().atMost(PATIENCE);
        // Then
        assertThat(row(lease)).isEmpty();
        assertThat(row(own)).hasSize(1);
        assertThat(Database.query("SELECT 1 FROM change_note WHERE thing = ?", old)).isEmpty();
        assertThat(Database.query("SELECT 1 FROM change_note WHERE thing = ?", fresh)).hasSize(1);
    }

    private static Object note(String age) {
        Object thing = Ids.next();
        Database.update("INSERT INTO change_note (thing, xid, at) VALUES (?, pg_current_xact_id(), now() - ?::interval)", thing,
                age);
        return thing;
    }

    private ReplicaLease enter(String name, Duration length) {
        var entered = new ReplicaLease(pool, clock, new ReplicaSettings() {
            @Override
            public Optional<String> name() {
                return Optional.of(name);
            }

            @Override
            public Duration lease() {
                return length;
            }
        }, cache, false);
        entered.onStart(new ServiceStart());
        return entered;
    }

    private static List<Map<String, Object>> row(ReplicaLease of) {
        return Database.query("SELECT name, heard::text AS heard, heard_at, extract(epoch FROM heard_at)::bigint AS since, "
                + "extract(epoch FROM lease_until - last_seen_at)::float8 AS seconds FROM replica WHERE id = ?", of.id());
    }
}
