package dev.tollkeeper.database;

import java.time.Duration;
import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import dev.tollkeeper.start.LastWork;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;

/**
 * The one connection of this replica on which the database notifies it (PostgreSQL's LISTEN). Whenever it ends, cannot be
 * made, or nothing comes over it, another is made.
 */
@Singleton
public class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final long RECONNECT_MILLIS = 100;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private volatile boolean stopped;
    private volatile Connector connector;

    Listener(Vertx vertx, DatabaseLimits limits, @ConfigProperty(name = "tollkeeper.database.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        this.options = limits.onChannel(PgConnectOptions.fromUri(url).setUser(username).setPassword(password));
    }

    /** Who hears what comes over one connection. */
    public interface Subscription {
        /**
         * Every notification that is committed from now on is heard; some that were committed just before may have been.
         *
         * @param sql on the connection that listens: so it asks the very server that notifies, however busy the pool is
         * @return fails where this connection is of no use; another one is made then
         */
        Uni<Void> begin(Sql sql);

        /** A notification. */
        void hear(String message);
    }

    /**
     * Begins to listen.
     *
     * @param silence without a notification for so long the connection is taken for dead; somebody has to send some
     * @param subscriptions makes one for each connection
     */
    public void listen(String channel, Duration silence, Supplier<Subscription> subscriptions) {
        connector = new Connector((VertxInternal) vertx, options, silence);
        connect(channel, subscriptions);
    }

    private void connect(String channel, Supplier<Subscription> subscriptions) {
        if (stopped) {
            return;
        }
        Runnable again = () -> vertx.setTimer(RECONNECT_MILLIS, now -> connect(channel, subscriptions));
        connector.connect(vertx.getOrCreateContext())
                .onFailure(failed -> {
                    LOG.debugf("No connection to listen on: %s", failed.toString());
                    again.run();
                })
                .onSuccess(connection -> {
                    connection.closeHandler(closed -> again.run());
                    subscribe(connection, channel, subscriptions.get());
                });
    }

    private static void subscribe(SqlConnection connection, String channel, Subscription subscription) {
        ((PgConnection) connection).notificationHandler(notification -> subscription.hear(notification.getPayload()));
        connection.query("LISTEN " + channel).execute()
                .onFailure(failed -> {
                    LOG.warnf("The database does not let this replica listen: %s", failed.toString());
                    connection.close(closed -> {
                    });
                })
                .onSuccess(listening -> subscription
                        .begin(Sql.on(io.vertx.mutiny.sqlclient.SqlConnection.newInstance(connection)))
                        .subscribe().with(begun -> LOG.debugf("Listening on %s", channel), failed -> {
                            LOG.infof("Listening begins anew: %s", failed.toString());
                            connection.close(closed -> {
                            });
                        }));
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
        if (connector != null) {
            LastWork.await(UniHelper.toUni(connector.close()), "The connection was not closed");
        }
    }
}
