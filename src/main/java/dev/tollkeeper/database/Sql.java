package dev.tollkeeper.database;

import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.impl.SqlClientConnection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Runs SQL where a transaction already is, whichever of the two ways to the database began it: Hibernate Reactive or
 * the reactive PG client. What must be atomic with a change (its audit entry, its idempotency record) goes through here.
 */
@FunctionalInterface
public interface Sql {
    /** Runs a statement with PostgreSQL's own placeholders ({@code $1}). */
    Uni<RowSet<Row>> run(String statement, Tuple arguments);

    /** SQL on a connection of the reactive PG client. */
    static Sql on(SqlConnection connection) {
        return (statement, arguments) -> Uni.createFrom().completionStage(
                () -> connection.getDelegate().preparedQuery(statement).execute(arguments).toCompletionStage());
    }

    /** SQL on any pooled connection, each statement on its own; one that gets none in time is not run at all. */
    static Sql on(Pool pool) {
        return (statement, arguments) -> Uni.createFrom().completionStage(() -> pool.getDelegate()
                .withConnection(connection -> connection.preparedQuery(statement).execute(arguments)).toCompletionStage());
    }

    /** SQL in a Hibernate Reactive session's own transaction; what the session has pending is written first. */
    static Sql on(Mutiny.Session session) {
        // Below the connection that gathers a session's writes into batches; a flush ends the batch.
        var connection = (SqlClientConnection) ((MutinySessionImpl) session).getReactiveConnection().withBatchSize(1);
        return (statement, arguments) -> session.flush()
                .chain(() -> Uni.createFrom().completionStage(() -> connection.preparedQuery(statement, arguments)));
    }
}
