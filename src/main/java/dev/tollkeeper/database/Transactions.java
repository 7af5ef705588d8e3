package dev.tollkeeper.database;

import java.util.function.Function;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Transactions of the reactive PG client. One that lost a race with another is begun anew, a few times. */
@Singleton
public class Transactions {
    private static final int RETRIES = 4;

    private final Pool pool;

    Transactions(Pool pool) {
        this.pool = pool;
    }

    /** Does the work in one transaction; the item comes after the commit. The work may be done again, so it must be its own. */
    public <T> Uni<T> run(Function<Sql, Uni<T>> work) {
        return pool.withTransaction(connection -> Uni.createFrom().deferred(() -> work.apply(Sql.on(connection))))
                .onFailure(DatabaseFailures::isRace).retry().atMost(RETRIES);
    }

    /**
     * Does the work in one transaction, unless another replica is at it: then nothing is done.
     *
     * @param name of the work, the same on every replica
     */
    public Uni<Void> runAlone(String name, Function<Sql, Uni<Void>> work) {
        return run(sql -> sql.run("SELECT pg_try_advisory_xact_lock(hashtext($1))", Tuple.of(name))
                .chain(rows -> rows.iterator().next().getBoolean(0) ? work.apply(sql) : Uni.createFrom().voidItem()));
    }

    /** Statements each on their own, outside a transaction. */
    public Sql single() {
        return Sql.on(pool);
    }
}
