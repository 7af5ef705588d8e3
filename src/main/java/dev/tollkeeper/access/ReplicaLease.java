package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.start.LastWork;
import dev.tollkeeper.start.ServiceStart;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.net.HostName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * This replica's row in the database, by which the others know that it is there and how much it has heard of.
 * <p>
 * The row is there before the first request is taken, and counts for as long as this replica may still go by its memory:
 * so whoever is told that every replica has heard of a change can rely on it, also where one has lost the database.
 */
@Singleton
class ReplicaLease {
    private static final Logger LOG = Logger.getLogger(ReplicaLease.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A lease is renewed every second, and one or two renewals may be late. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final int MOST_NAME = 100;

    private final UUID id = Ids.next();
    private final String name;
    private final OffsetDateTime startedAt;
    private final long leaseMillis;
    private final Sql sql;
    private final boolean readOnly;
    private volatile boolean left;

    ReplicaLease(Pool pool, Clock clock, ReplicaSettings settings, CacheSettings cache,
            @ConfigProperty(name = "tollkeeper.read-only", defaultValue = "false") boolean readOnly) {
        this.sql = Sql.on(pool);
        this.readOnly = readOnly;
        this.startedAt = clock.instant().atOffset(ZoneOffset.UTC);
        String called = settings.name().map(String::strip).filter(text -> !text.isEmpty()).orElseGet(HostName::getHostName);
        this.name = called.substring(0, Math.min(called.length(), MOST_NAME));
        Duration lease = settings.lease().compareTo(SHORTEST) < 0 ? SHORTEST : settings.lease();
        this.leaseMillis = lease.plus(cache.maxStale()).toMillis();
    }

    /**
     * What was heard of: whatever this snapshot of the database sees.
     *
     * @param snapshot as PostgreSQL writes a {@code pg_snapshot}
     * @param at when it was taken, by the database's clock
     * @param run within what it means anything, as {@link MissedChanges#RUN} tells; null where the row was missing
     */
    record Heard(String snapshot, OffsetDateTime at, String run) {
    }

    /** This replica's id, new with each start. */
    UUID id() {
        return id;
    }

    /** Where nothing can be changed nobody waits for those who heard of it. */
    void onStart(@Observes ServiceStart event) {
        if (!readOnly) {
            enter().await().atMost(START);
        }
    }

    private Uni<Void> enter() {
        return sql.run("""
                INSERT INTO replica (id, name, started_at, last_seen_at, lease_until)
                VALUES ($1, $2, $3, now(), now() + $4::bigint * interval '1 millisecond') ON CONFLICT DO NOTHING
                """, Tuple.of(id, name, startedAt, leaseMillis)).replaceWithVoid();
    }

    /** Renews the lease by and by. */
    void renew(Optional<Heard> heard) {
        keep(heard).subscribe().with(kept -> LOG.trace("The lease was renewed"));
    }

    /** Renews the lease; empty where nothing more was heard of since. Never fails. */
    Uni<Void> keep(Optional<Heard> heard) {
        return sql.run("""
                UPDATE replica SET last_seen_at = now(), lease_until = now() + $2::bigint * interval '1 millisecond',
                       heard = coalesce($3::text::pg_snapshot, heard), heard_at = coalesce($4, heard_at)
                WHERE id = $1
                """, Tuple.of(id, leaseMillis, heard.map(Heard::snapshot).orElse(null), heard.map(Heard::at).orElse(null)))
                .chain(rows -> rows.rowCount() > 0 || left ? Uni.createFrom().voidItem() : enter())
                .ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(failed -> LOG.debugf("The lease was not renewed: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    /** Once the last request is answered, nobody has to wait for this replica. */
    void onStop(@Observes ShutdownEvent event) {
        left = true;
        LastWork.await(sql.run("DELETE FROM replica WHERE id = $1", Tuple.of(id)), "The lease ends by itself");
    }
}
