package dev.tollkeeper.access;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Forgets replicas whose lease has ended, and changes that everybody heard of long ago. */
@Singleton
class ReplicaCleanup {
    private final Sql sql;

    ReplicaCleanup(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /** Notes are kept for longer than a replica counts that hears nothing: see KeyPropagationRepository. */
    @Scheduled(every = "10m", delayed = "1m", identity = "replica-cleanup")
    Uni<Void> forget() {
        return sql.run("DELETE FROM replica WHERE lease_until < now()", Tuple.tuple())
                .chain(() -> sql.run("DELETE FROM change_note WHERE at < now() - interval '1 hour'", Tuple.tuple()))
                .replaceWithVoid();
    }
}
