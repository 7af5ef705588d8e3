package dev.tollkeeper.database;

import jakarta.inject.Singleton;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;

/** Makes the one pool of connections, with the limits that Quarkus has no settings for. */
@Singleton
class PoolMaker implements PgPoolCreator {
    private final DatabaseLimits limits;

    PoolMaker(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        VertxInternal vertx = (VertxInternal) input.vertx();
        PgConnectOptions options = limits.onConnection(input.pgConnectOptionsList().get(0));
        Connector connector = new Connector(vertx, options, limits.silence());
        Pool pool = PgBuilder.pool().with(limits.onPool(input.poolOptions())).connectingTo(options).using(vertx).build();
        return new ConnectionPool(vertx, connector, pool, limits.connect());
    }
}
