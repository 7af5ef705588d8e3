package dev.tollkeeper.key;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Compares what changed with what each replica has heard of. */
@Singleton
class KeyPropagationRepository {
    // A note that this server's own snapshot does not see was made by another server, and restored from a dump.
    // Notes live for an hour, so a replica that has heard nothing for half of that counts as having heard of nothing.
    // Without any replica the one row that is left says when the key changed.
    private static final String FIND = """
            WITH change AS (
                SELECT xid, at FROM change_note WHERE thing = ANY ($1) AND pg_visible_in_snapshot(xid, pg_current_snapshot())
            )
            SELECT (SELECT max(at) FROM change) AS changed_at, r.id, r.name, r.started_at, r.last_seen_at, r.heard_at,
                   coalesce(r.heard_at > now() - interval '30 minutes' AND NOT EXISTS (
                       SELECT 1 FROM change c WHERE NOT pg_visible_in_snapshot(c.xid, r.heard)), false) AS seen
            FROM (VALUES (1)) AS one LEFT JOIN replica r ON r.lease_until > now()
            ORDER BY seen, r.started_at, r.id
            LIMIT 200
            """;

    private final Sql sql;

    KeyPropagationRepository(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /** Which replicas have heard of every change of these things, on which the key depends. */
    Uni<KeyPropagation> find(UUID keyId, List<UUID> things) {
        return sql.run(FIND, Tuple.of(things.toArray(UUID[]::new))).map(rows -> propagation(keyId, rows));
    }

    private static KeyPropagation propagation(UUID keyId, RowSet<Row> rows) {
        Row first = rows.iterator().next();
        List<KeyPropagation.Replica> replicas = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("id") != null) {
                replicas.add(new KeyPropagation.Replica(row.getUUID("id"), row.getString("name"), time(row, "started_at"),
                        time(row, "last_seen_at"), time(row, "heard_at"), row.getBoolean("seen")));
            }
        }
        return new KeyPropagation(keyId, time(first, "changed_at"), first.getBoolean("seen"), replicas);
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
