package dev.tollkeeper.key;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Hashes secrets anew that were found under an older pepper, whatever their key's verdict: gathered in memory and written
 * once a second, off the request's path. What is lost here is gathered again when the key is next looked up.
 */
@Singleton
public class KeyRehash {
    private static final Logger LOG = Logger.getLogger(KeyRehash.class);
    private static final int MOST_PENDING = 100_000;
    private static final int MOST_AT_ONCE = 5_000;

    private final ConcurrentMap<Buffer, Buffer> pending = new ConcurrentHashMap<>();
    private final KeySecretRepository secrets;
    private final Sql sql;

    KeyRehash(KeySecretRepository secrets, Pool pool) {
        this.secrets = secrets;
        this.sql = Sql.on(pool);
    }

    /**
     * Notes by which digest a presented secret was found.
     *
     * @param stored the digest that the database holds
     * @param newest the secret's digest under the newest pepper; the same where there is nothing to do
     */
    public void found(Buffer stored, Buffer newest) {
        if (!stored.equals(newest) && pending.size() < MOST_PENDING) {
            pending.put(stored, newest);
        }
    }

    @Scheduled(every = "1s", identity = "key-rehash", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<Map.Entry<Buffer, Buffer>> batch = pending.entrySet().stream().limit(MOST_AT_ONCE).toList();
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return secrets
                .rehash(sql, batch.stream().map(Map.Entry::getKey).toList(), batch.stream().map(Map.Entry::getValue).toList())
                .invoke(done -> LOG.debugf("%d secrets are now under the newest pepper", done))
                .replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("%d secrets were not hashed anew: %s", batch.size(), failed.toString()))
                .onItemOrFailure().transform((done, failed) -> end(batch, failed));
    }

    /** With the database out of reach the same is tried again. */
    private Void end(List<Map.Entry<Buffer, Buffer>> batch, Throwable failed) {
        if (failed == null || !DatabaseFailures.isUnreachable(failed)) {
            batch.forEach(entry -> pending.remove(entry.getKey(), entry.getValue()));
        }
        return null;
    }
}
