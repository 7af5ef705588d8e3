package dev.tollkeeper.database;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Reads that all see the database as it was at one moment, whatever is changed meanwhile. */
public final class Snapshot {
    private static final String REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private Snapshot() {
    }

    /** Does the work in one transaction, which can change nothing; its first statement is the moment. */
    public static <T> Uni<T> read(Pool pool, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection.query(REPEATABLE).execute().chain(() -> work.apply(connection)));
    }
}
