package dev.tollkeeper.database;

import java.time.Duration;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/**
 * A pool where nobody waits for a connection longer than the limit. Vert.x has such a limit of its own, but loses the
 * connection that becomes free at the moment when the time is up: seen with 4.5.27, where each one lost was missing from
 * the pool from then on.
 */
final class ConnectionPool extends PgPoolImpl {
    private final VertxInternal vertx;
    private final Pool pool;
    private final long mostMillis;

    ConnectionPool(VertxInternal vertx, Pool pool, CloseFuture atEnd, Duration most) {
        super(vertx, atEnd, pool);
        this.vertx = vertx;
        this.pool = pool;
        this.mostMillis = most.toMillis();
    }

    @Override
    public Future<SqlConnection> getConnection() {
        Future<SqlConnection> connection = pool.getConnection();
        return connection.isComplete() ? connection : limited(connection);
    }

    private Future<SqlConnection> limited(Future<SqlConnection> connection) {
        Promise<SqlConnection> inTime = vertx.getOrCreateContext().promise();
        long timer = vertx.setTimer(mostMillis,
                late -> inTime.tryFail(new VertxException("No connection to the database became free in time", true)));
        connection.onSuccess(free -> {
            vertx.cancelTimer(timer);
            if (!inTime.tryComplete(free)) {
                giveBack(free);
            }
        }).onFailure(failed -> {
            vertx.cancelTimer(timer);
            inTime.tryFail(failed);
        });
        return inTime.future();
    }

    private static void giveBack(SqlConnection connection) {
        connection.close(given -> {
        });
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }
}
