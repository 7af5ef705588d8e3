package dev.tollkeeper.team.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.ZoneOffset;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.secret.SecretBox;
import dev.tollkeeper.start.ServiceStart;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The installation's key pair for user tokens. Kept in the database, so that every replica has the same, and sealed, so
 * that the database alone lets nobody sign.
 */
@Singleton
class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final String PURPOSE = "signing-key";

    private final Pool pool;
    private final SecretBox box;
    private final Clock clock;
    /** A plain value, not a shared Uni: a Uni would complete on its first caller's context. */
    private volatile SigningKey cached;

    SigningKeys(Pool pool, SecretBox box, Clock clock) {
        this.pool = pool;
        this.box = box;
        this.clock = clock;
    }

    /** With each start, so that the pair is under the newest pepper, and one that cannot be read is told of at once. */
    void onStart(@Observes ServiceStart event) {
        current().subscribe().with(ready -> LOG.debugf("User tokens are signed with %s", ready.kid()),
                failed -> LOG.errorf("User tokens cannot be made or checked: %s", failed.getMessage()));
    }

    /** The pair that signs and verifies, made the first time it is needed. */
    Uni<SigningKey> current() {
        SigningKey known = cached;
        return known != null ? Uni.createFrom().item(known) : load().invoke(loaded -> cached = loaded);
    }

    private Uni<SigningKey> load() {
        return pool.withTransaction(connection -> {
            Sql sql = Sql.on(connection);
            return sql.run("SELECT pg_advisory_xact_lock(hashtext('signing_key'))", Tuple.tuple())
                    .chain(() -> sql.run("SELECT * FROM signing_key ORDER BY created_at DESC LIMIT 1", Tuple.tuple()))
                    .chain(rows -> existingOrNew(sql, rows));
        });
    }

    private Uni<SigningKey> existingOrNew(Sql sql, RowSet<Row> rows) {
        if (rows.rowCount() > 0) {
            Row row = rows.iterator().next();
            SigningKey key = open(row);
            return box.isOutOfDate(row.getBuffer("sealed_private").getBytes())
                    ? sealAnew(sql, key)
                    : Uni.createFrom().item(key);
        }
        KeyPair pair = generate();
        var key = new SigningKey(Ids.next().toString(), (ECPublicKey) pair.getPublic(), pair.getPrivate());
        return sql.run("INSERT INTO signing_key (kid, public_key, sealed_private, created_at) VALUES ($1, $2, $3, $4)",
                Tuple.of(key.kid(), Buffer.buffer(pair.getPublic().getEncoded()), sealed(key),
                        clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWith(key);
    }

    private Uni<SigningKey> sealAnew(Sql sql, SigningKey key) {
        return sql.run("UPDATE signing_key SET sealed_private = $2 WHERE kid = $1", Tuple.of(key.kid(), sealed(key)))
                .replaceWith(key);
    }

    private Buffer sealed(SigningKey key) {
        return Buffer.buffer(
                box.seal(PURPOSE, key.kid().getBytes(StandardCharsets.UTF_8), key.privateKey().getEncoded()));
    }

    private SigningKey open(Row row) {
        String kid = row.getString("kid");
        byte[] encoded = box.open(PURPOSE, kid.getBytes(StandardCharsets.UTF_8), row.getBuffer("sealed_private").getBytes());
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            var publicKey = (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(row.getBuffer("public_key").getBytes()));
            return new SigningKey(kid, publicKey, keys.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("signing key " + kid + " cannot be read", unusable);
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has P-256", missing);
        }
    }
}
