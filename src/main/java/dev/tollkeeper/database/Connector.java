package dev.tollkeeper.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.impl.PgSocketConnection;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SingletonSupplier;

/**
 * Connects to the database, and gives up a connection on which nothing came for too long: whoever waits on it fails. The
 * PG client's own way to close a connection asks the database to do so, and waits for that: for ever where the database is
 * frozen or the network loses everything.
 */
final class Connector extends PgConnectionFactory {
    private static final Logger LOG = Logger.getLogger(Connector.class);
    private static final String SILENCE = "silence";

    private final NetClient client;
    private final Duration silence;

    /**
     * Makes none yet.
     *
     * @param silence how long nothing may come over a connection; until it is ready, no longer than the options' connect timeout
     */
    Connector(VertxInternal vertx, PgConnectOptions options, Duration silence) {
        super(vertx, SingletonSupplier.wrap(options));
        this.silence = silence;
        NetClientOptions network = new NetClientOptions(options).setReconnectAttempts(0);
        if (network.getHostnameVerificationAlgorithm() == null) {
            network.setHostnameVerificationAlgorithm("");
        }
        NetClientImpl connecting = new NetClientImpl(vertx, null, network, clientCloseFuture) {
            @Override
            protected void initChannel(ChannelPipeline pipeline) {
                super.initChannel(pipeline);
                pipeline.addLast(SILENCE, new GiveUp(Duration.ofMillis(network.getConnectTimeout())));
            }
        };
        clientCloseFuture.add(connecting);
        this.client = connecting;
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        return client;
    }

    @Override
    protected Future<Connection> doConnectInternal(SqlConnectOptions options, ContextInternal context) {
        return super.doConnectInternal(options, context).onSuccess(this::isReady);
    }

    private void isReady(Connection connection) {
        ChannelPipeline pipeline = ((PgSocketConnection) connection).socket().channelHandlerContext().pipeline();
        if (pipeline.get(SILENCE) != null) {
            pipeline.replace(SILENCE, SILENCE, new GiveUp(silence));
        }
    }

    /** Ends every connection that was made here. */
    Future<Void> close() {
        return Future.future(this::close);
    }

    /** Closes a connection on which nothing came. It stands before the PG client's handler, which so has no say in it. */
    private static final class GiveUp extends IdleStateHandler {
        GiveUp(Duration silence) {
            super(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent silent) {
            LOG.warnf("Nothing came from the database for %d ms: %s", getReaderIdleTimeInMillis(), context.close());
        }
    }
}
