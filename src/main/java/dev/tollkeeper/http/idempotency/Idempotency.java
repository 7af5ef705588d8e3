package dev.tollkeeper.http.idempotency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.secret.SecretBox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Does a command once, however often it is sent. The record of the answer is written in the command's own transaction:
 * so a failed command uses no key up, and a crash leaves either both or neither. While the first runs it holds an
 * advisory lock, which is how the second knows.
 */
@Singleton
public class Idempotency {
    /** How long a key is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);
    private static final String PURPOSE = "idempotency";

    private final SecretBox box;
    private final ObjectMapper json;
    private final ObjectMapper canonicalJson;
    private final Clock clock;

    Idempotency(SecretBox box, ObjectMapper json, Clock clock) {
        this.box = box;
        this.json = json;
        this.canonicalJson = json.copy().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
        this.clock = clock;
    }

    /**
     * Does the work, or answers as it was answered the first time.
     *
     * @param sql the transaction that the work is done in
     * @param type what the work answers; it is stored sealed
     * @return fails with {@code idempotency_in_progress} or {@code idempotency_conflict}
     */
    public <T> Uni<T> once(Sql sql, IdempotencyKey key, Class<T> type, Supplier<Uni<T>> work) {
        if (key.value() == null) {
            return work.get();
        }
        byte[] keyHash = sha256(key.value());
        byte[] requestHash = sha256(key.call() + '\n' + canonical(key.body()));
        return lock(sql, key, keyHash)
                .chain(() -> find(sql, key, keyHash))
                .chain(found -> found.rowCount() > 0
                        ? replay(found, keyHash, requestHash, type)
                        : work.get().call(answer -> remember(sql, key, keyHash, requestHash, answer)));
    }

    private static Uni<Void> lock(Sql sql, IdempotencyKey key, byte[] keyHash) {
        long lock = ByteBuffer.wrap(keyHash).getLong() ^ key.callerId().getLeastSignificantBits();
        return sql.run("SELECT pg_try_advisory_xact_lock($1)", Tuple.of(lock)).invoke(rows -> {
            if (!rows.iterator().next().getBoolean(0)) {
                throw DomainError.of(ErrorCode.IDEMPOTENCY_IN_PROGRESS,
                        "The first request with this Idempotency-Key still runs. Send it again when that has ended.");
            }
        }).replaceWithVoid();
    }

    private Uni<RowSet<Row>> find(Sql sql, IdempotencyKey key, byte[] keyHash) {
        return sql.run("""
                SELECT request_hash, sealed FROM idempotency_record
                WHERE team_id = $1 AND caller_id = $2 AND key_hash = $3 AND expires_at > $4
                """, Tuple.of(key.teamId(), key.callerId(), Buffer.buffer(keyHash), now()));
    }

    private <T> Uni<T> replay(RowSet<Row> found, byte[] keyHash, byte[] requestHash, Class<T> type) {
        Row row = found.iterator().next();
        if (!MessageDigest.isEqual(row.getBuffer("request_hash").getBytes(), requestHash)) {
            throw DomainError.of(ErrorCode.IDEMPOTENCY_CONFLICT,
                    "This Idempotency-Key was used for another request. Use a new key for a new request.");
        }
        try {
            return Uni.createFrom().item(json.readValue(box.open(PURPOSE, keyHash, row.getBuffer("sealed").getBytes()), type));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private <T> Uni<RowSet<Row>> remember(Sql sql, IdempotencyKey key, byte[] keyHash, byte[] requestHash, T answer) {
        byte[] sealed = box.seal(PURPOSE, keyHash, bytes(answer));
        return sql.run("""
                INSERT INTO idempotency_record (team_id, caller_id, key_hash, request_hash, sealed, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (team_id, caller_id, key_hash) DO UPDATE SET request_hash = excluded.request_hash,
                    sealed = excluded.sealed, created_at = excluded.created_at, expires_at = excluded.expires_at
                """, Tuple.from(new Object[]{key.teamId(), key.callerId(), Buffer.buffer(keyHash), Buffer.buffer(requestHash),
                Buffer.buffer(sealed), now(), now().plus(KEPT)}));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private byte[] bytes(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private String canonical(Object body) {
        try {
            return canonicalJson.writeValueAsString(body);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
