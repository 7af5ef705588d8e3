package dev.tollkeeper.access;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Learns what changed while this replica did not listen, from the notes that changes leave in the database: those whose
 * transaction the last snapshot that was heard of does not see. Where the notes may not tell everything, everything counts
 * as changed.
 */
@Singleton
class MissedChanges {
    /**
     * Of a row of {@code replica}: another after each start or crash of the database, and for another database. Only within
     * one does a transaction's number tell whether a snapshot sees it: after a crash numbers are given out again.
     */
    static final String RUN = "extract(epoch FROM pg_postmaster_start_time()) || ' ' || extract(epoch FROM entered_at)";
    /** More than these are not told apart. */
    static final int MOST = 10_000;

    private static final Logger LOG = Logger.getLogger(MissedChanges.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** The note that is left of notes that were deleted; as it stands for more than one, it is not compared exactly. */
    private static final UUID ANYTHING = new UUID(0, 0);
    // What this server's own snapshot does not see was noted by another server, and restored from a dump.
    private static final String FIND = """
            SELECT ARRAY(
                SELECT thing FROM change_note
                WHERE xid >= pg_snapshot_xmin($2::text::pg_snapshot) AND pg_visible_in_snapshot(xid, pg_current_snapshot())
                  AND (thing = $4 OR NOT pg_visible_in_snapshot(xid, $2::text::pg_snapshot))
                LIMIT $5) AS things
            FROM replica WHERE id = $1 AND %s = $3
            """.formatted(RUN);

    private final Changes changes;
    private final UUID replica;
    private volatile ReplicaLease.Heard last;

    MissedChanges(Changes changes, ReplicaLease lease) {
        this.changes = changes;
        this.replica = lease.id();
    }

    /** Notes what was heard of. Should marks overtake each other, the earlier is as right: it lets more count as missed. */
    void heard(ReplicaLease.Heard heard) {
        last = heard;
    }

    /**
     * Lets count as changed what was missed. To be called once this replica listens again: what is committed during the call
     * is told anyway. Fails where the database is out of reach: then nothing counts as changed, and nothing as heard of either, so
     * that what is remembered may still serve while the database is out of reach.
     */
    Uni<Void> learn(Sql sql) {
        ReplicaLease.Heard until = last;
        if (until == null || until.run() == null) {
            changes.everything();
            return Uni.createFrom().voidItem();
        }
        return sql.run(FIND, Tuple.of(replica, until.snapshot(), until.run(), ANYTHING, MOST + 1))
                .ifNoItem().after(PATIENCE)
                .failWith(() -> new TimeoutException("the database did not tell in time what changed"))
                .invoke(this::changed)
                .onFailure(failed -> !DatabaseFailures.isUnreachable(failed)).invoke(failed -> everything(failed.toString()))
                .onFailure(failed -> !DatabaseFailures.isUnreachable(failed)).recoverWithNull()
                .replaceWithVoid();
    }

    private void changed(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            everything("the database was started anew, or is another one");
            return;
        }
        UUID[] things = rows.iterator().next().getArrayOfUUIDs("things");
        if (things.length > MOST) {
            everything("too much has changed");
            return;
        }
        for (UUID thing : things) {
            if (thing.equals(ANYTHING)) {
                everything("the notes of changes do not go back so far");
                return;
            }
            changes.changed(thing);
        }
        LOG.debugf("%d changes were missed", things.length);
    }

    private void everything(String why) {
        LOG.infof("Everything that is remembered is looked up anew: what changed while nobody listened is not known: %s", why);
        changes.everything();
    }
}
