package dev.tollkeeper.key;

import java.time.Instant;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
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
}
