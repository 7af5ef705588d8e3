package dev.tollkeeper.database;

import jakarta.inject.Singleton;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;

/** Makes the one pool of connections, with the limits that Quarkus has no settings for. */
@Singleton
class PoolMaker implements PgPoolCreator {
    private final DatabaseLimits limits;

    PoolMaker(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        Pool pool = PgBuilder.pool()
                .with(limits.onPool(input.poolOptions()))
                .connectingTo(input.pgConnectOptionsList().stream().<SqlConnectOptions>map(limits::onConnection).toList())
                .using(input.vertx())
                .build();
        return new ConnectionPool((VertxInternal) input.vertx(), pool, limits.connectMillis());
    }
}
