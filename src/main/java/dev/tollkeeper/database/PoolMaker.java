package dev.tollkeeper.database;

import jakarta.inject.Singleton;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.impl.PoolImpl;

/** Makes the one pool of connections as the PG client does, with the limits that Quarkus has no settings for. */
@Singleton
class PoolMaker implements PgPoolCreator {
    private final DatabaseLimits limits;

    PoolMaker(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        VertxInternal vertx = (VertxInternal) input.vertx();
        CloseFuture atEnd = new CloseFuture();
        PgConnectOptions options = limits.onConnection(input.pgConnectOptionsList().get(0));
        Connector connector = new Connector(vertx, options, limits.silence());
        PoolImpl pool = new PoolImpl(vertx, PgDriver.INSTANCE, false, limits.onPool(input.poolOptions()), null, null, atEnd);
        pool.connectionProvider(connector::connect);
        atEnd.add(connector);
        return new ConnectionPool(vertx, pool.init(), atEnd, limits.connect());
    }
}
