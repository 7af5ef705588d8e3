package dev.tollkeeper.registry;

import org.hibernate.reactive.mutiny.Mutiny;

import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Makes the operator's changes one after another: they are rare, and so none meets a half-made one. */
final class RegistryLock {
    private RegistryLock() {
    }

    /** Waits for its turn, and answers SQL in the session's transaction; the turn ends with the transaction. */
    static Uni<Sql> take(Uni<Mutiny.Session> session) {
        return session.map(Sql::on)
                .call(sql -> sql.run("SELECT pg_advisory_xact_lock(hashtext('registry'))", Tuple.tuple()));
    }
}
