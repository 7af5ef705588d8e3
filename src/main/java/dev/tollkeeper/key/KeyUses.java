package dev.tollkeeper.key;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * When and from where each key was last used. Gathered in memory and written once a second, off the request's path, to
 * columns that nothing else writes.
 */
@Singleton
public class KeyUses {
    private static final Logger LOG = Logger.getLogger(KeyUses.class);
    /** More keys than this in one second are left to be told by their next use. */
    private static final int MOST_PENDING = 100_000;

    private record KeyId(UUID teamId, UUID keyId) {
    }

    private record Use(Instant at, String address) {
    }

    private final ConcurrentMap<KeyId, Use> pending = new ConcurrentHashMap<>();
    private final Sql sql;
    private final Clock clock;

    KeyUses(Pool pool, Clock clock) {
        this.sql = Sql.on(pool);
        this.clock = clock;
    }

    /** Notes that a key was used just now from an address, null where that is not known. */
    public void record(UUID teamId, UUID keyId, String address) {
        if (pending.size() < MOST_PENDING) {
            pending.put(new KeyId(teamId, keyId), new Use(clock.instant(), address));
        }
    }

    @Scheduled(every = "1s", identity = "key-uses", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<UUID> teams = new ArrayList<>();
        List<UUID> keys = new ArrayList<>();
        List<OffsetDateTime> times = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (KeyId key : List.copyOf(pending.keySet())) {
            Use use = pending.remove(key);
            if (use != null) {
                teams.add(key.teamId());
                keys.add(key.keyId());
                times.add(use.at().atOffset(ZoneOffset.UTC));
                addresses.add(use.address());
            }
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
