package dev.tollkeeper.key;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.start.LastWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * When and from where each key was last used. Gathered in memory and written once a second, off the request's path, to
 * columns that nothing else writes. With more keys in use than are written in a second, each waits for its turn.
 */
@Singleton
public class KeyUses {
    private static final Logger LOG = Logger.getLogger(KeyUses.class);
    /** More keys than this at once are left to be told by their next use. */
    private static final int MOST_PENDING = 100_000;
    /** So many rows a second: writing must not take the database from what asks it. */
    private static final int MOST_WRITTEN = 1_000;

    /** The latest use of a key that is not written yet. */
    private static final class Use {
        private final UUID teamId;
        private final UUID keyId;
        private volatile long atMillis;
        private volatile String address;

        private Use(UUID teamId, UUID keyId) {
            this.teamId = teamId;
            this.keyId = keyId;
        }
    }

    private final ConcurrentMap<UUID, Use> pending = new ConcurrentHashMap<>();
    /** In the order in which they came, so that each has its turn. */
    private final Queue<Use> toWrite = new ConcurrentLinkedQueue<>();
    private final Sql sql;
    private final Clock clock;
    private final boolean readOnly;

    KeyUses(Pool pool, Clock clock,
            @ConfigProperty(name = "tollkeeper.read-only", defaultValue = "false") boolean readOnly) {
        this.sql = Sql.on(pool);
        this.clock = clock;
        this.readOnly = readOnly;
    }

    /** Notes that a key was used just now from an address, null where that is not known; not in read-only mode, where nothing is noted. */
    public void record(UUID teamId, UUID keyId, String address) {
        if (readOnly) {
            return;
        }
        Use use = pending.get(keyId);
        if (use == null) {
            if (pending.size() >= MOST_PENDING) {
                return;
            }
            use = begin(teamId, keyId);
        }
        use.address = address;
        use.atMillis = clock.millis();
    }

    private Use begin(UUID teamId, UUID keyId) {
        var mine = new Use(teamId, keyId);
        mine.atMillis = clock.millis();
        Use present = pending.putIfAbsent(keyId, mine);
        if (present == null) {
            toWrite.add(mine);
        }
        return present == null ? mine : present;
    }

    /** Once the last request is answered. */
    void onStop(@Observes ShutdownEvent event) {
        LastWork.await(write(), "The last uses were not written");
    }

    @Scheduled(every = "1s", identity = "key-uses", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<UUID> teams = new ArrayList<>();
        List<UUID> keys = new ArrayList<>();
        List<OffsetDateTime> times = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (Use use = toWrite.poll(); use != null; use = keys.size() < MOST_WRITTEN ? toWrite.poll() : null) {
            pending.remove(use.keyId);
            teams.add(use.teamId);
            keys.add(use.keyId);
            times.add(Instant.ofEpochMilli(use.atMillis).atOffset(ZoneOffset.UTC));
            addresses.add(use.address);
        }
        if (keys.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.run("""
                UPDATE api_key k SET last_used_at = u.at, last_used_ip = u.ip
                FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) AS u (team_id, id, at, ip)
                WHERE k.team_id = u.team_id AND k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at < u.at)
                """, Tuple.of(teams.toArray(UUID[]::new), keys.toArray(UUID[]::new), times.toArray(OffsetDateTime[]::new),
                addresses.toArray(String[]::new))).replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Last uses of %d keys were not written: %s", keys.size(), failed))
                .onFailure().recoverWithNull();
    }
}
