package dev.tollkeeper.key;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** The digests by which keys are found: of each key one current, and during an overlap one previous. */
@Singleton
class KeySecretRepository {
    private final Peppers peppers;

    KeySecretRepository(Peppers peppers) {
        this.peppers = peppers;
    }

    /** Adds a key's current secret. */
    Uni<Void> add(Sql sql, ApiKey key, KeySecret secret, Instant now) {
        Pepper pepper = peppers.newest();
        return sql.run("INSERT INTO api_key_secret (digest, pepper_id, team_id, key_id, slot, created_at) "
                + "VALUES ($1, $2, $3, $4, 'current', $5)",
                Tuple.of(Buffer.buffer(KeyDigest.of(secret, pepper)), pepper.id(), key.teamId, key.keyId,
                        now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Makes the current secret the previous one, which works until an instant. There must be no previous one. */
    Uni<Void> retire(Sql sql, ApiKey key, Instant validUntil) {
        return sql.run("UPDATE api_key_secret SET slot = 'previous', valid_until = $3 "
                + "WHERE team_id = $1 AND key_id = $2 AND slot = 'current'",
                Tuple.of(key.teamId, key.keyId, validUntil.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /**
     * Removes the previous secret.
     *
     * @return whether there was one that still worked
     */
    Uni<Boolean> removePrevious(Sql sql, ApiKey key, Instant now) {
        return sql.run("DELETE FROM api_key_secret WHERE team_id = $1 AND key_id = $2 AND slot = 'previous' "
                + "RETURNING valid_until > $3", Tuple.of(key.teamId, key.keyId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() > 0 && rows.iterator().next().getBoolean(0));
    }

    /** Removes every secret of a key. */
    Uni<Void> removeAll(Sql sql, ApiKey key) {
        return sql.run("DELETE FROM api_key_secret WHERE team_id = $1 AND key_id = $2",
                Tuple.of(key.teamId, key.keyId))
                .replaceWithVoid();
    }

    /**
     * Replaces digests by those of the same secrets under the newest pepper. A row that holds its digest no more, or that
     * somebody is just changing, is left alone: this waits for nobody, and undoes nothing.
     *
     * @param newest the new digest of each, in the order of the stored ones
     */
    Uni<Integer> rehash(Sql sql, List<Buffer> stored, List<Buffer> newest) {
        return sql.run("""
                UPDATE api_key_secret s SET digest = due.newest, pepper_id = $3
                FROM (SELECT u.stored, u.newest FROM unnest($1::bytea[], $2::bytea[]) AS u (stored, newest)
                      JOIN api_key_secret o ON o.digest = u.stored FOR UPDATE OF o SKIP LOCKED) AS due
                WHERE s.digest = due.stored
                """, Tuple.of(stored.toArray(Buffer[]::new), newest.toArray(Buffer[]::new), peppers.newest().id()))
                .map(RowSet::rowCount);
    }

    /**
     * How many secrets that may still let somebody in are under each pepper, by its id. Those past their overlap and those of
     * revoked keys let nobody in.
     *
     * @param but the id of a pepper to leave out, as that of most secrets is; null for none
     */
    Uni<Map<String, Long>> countByPepper(Sql sql, String but, Instant now) {
        return sql.run("""
                SELECT s.pepper_id, count(*) FROM api_key_secret s
                JOIN api_key k ON k.team_id = s.team_id AND k.id = s.key_id
                WHERE ($1::text IS NULL OR s.pepper_id <> $1) AND (s.valid_until IS NULL OR s.valid_until > $2)
                  AND k.revoked_at IS NULL AND k.deleted_at IS NULL
                GROUP BY s.pepper_id
                """, Tuple.of(but, now.atOffset(ZoneOffset.UTC)))
                .map(KeySecretRepository::counts);
    }

    private static Map<String, Long> counts(RowSet<Row> rows) {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }
}
