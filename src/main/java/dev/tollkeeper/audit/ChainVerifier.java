package dev.tollkeeper.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Snapshot;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Walks a team's chain from its first entry to its last, a bounded page at a time, and all pages on one snapshot: so that
 * entries which are added meanwhile neither count nor look forged.
 */
@Singleton
class ChainVerifier {
    private static final int PAGE = 1000;
    // With audit_entry_hash, which also makes the hashes: one place says what a hash is over.
    private static final String LINKS = """
            SELECT e.id, e.seq, e.at, e.previous_hash, e.hash, e.hash = audit_entry_hash(e) AS intact
            FROM audit_entry e WHERE e.team_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3
            """;

    private final Pool pool;

    ChainVerifier(Pool pool) {
        this.pool = pool;
    }

    Uni<ChainVerdict> verify(UUID team) {
        return Snapshot.read(pool, connection -> verify(Sql.on(connection), team));
    }

    private static Uni<ChainVerdict> verify(Sql sql, UUID team) {
        return sql.run("SELECT seq, hash FROM audit_chain WHERE team_id = $1", Tuple.of(team))
                .map(ChainVerifier::start)
                .chain(walk -> walk(sql, team, walk));
    }

    private static ChainWalk start(RowSet<Row> head) {
        if (head.rowCount() == 0) {
            return new ChainWalk(0, Buffer.buffer());
        }
        Row row = head.iterator().next();
        return new ChainWalk(row.getLong("seq"), row.getBuffer("hash"));
    }

    private static Uni<ChainVerdict> walk(Sql sql, UUID team, ChainWalk walk) {
        return Multi.createBy().repeating().uni(() -> walk, on -> page(sql, team, on))
                .whilst(ChainWalk::goesOn)
                .collect().last()
                .replaceWith(walk::verdict);
    }

    /** The first page begins below every number, so that entries put before the first are seen too. */
    private static Uni<ChainWalk> page(Sql sql, UUID team, ChainWalk walk) {
        long after = walk.seq() == 0 ? Long.MIN_VALUE : walk.seq();
        return sql.run(LINKS, Tuple.of(team, after, PAGE))
                .invoke(rows -> walk.over(links(rows)))
                .replaceWith(walk);
    }

    private static List<ChainLink> links(RowSet<Row> rows) {
        List<ChainLink> links = new ArrayList<>(rows.rowCount());
        rows.forEach(row -> links.add(new ChainLink(row.getUUID("id"), row.getLong("seq"),
                row.getOffsetDateTime("at").toInstant(), row.getBuffer("previous_hash"), row.getBuffer("hash"),
                row.getBoolean("intact"))));
        return links;
    }
}
