package dev.tollkeeper.database;

import java.time.Duration;
import java.util.function.Consumer;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.vertx.core.Future;
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

    /**
     * Begins to listen.
     *
     * @param silence without a notification for so long the connection is taken for dead; somebody has to send some
     * @param subscribed what to do each time that notifications begin to come: those from before were not heard
     */
    public void listen(String channel, Duration silence, Runnable subscribed, Consumer<String> heard) {
        connector = new Connector((VertxInternal) vertx, options, silence);
        connect(channel, subscribed, heard);
    }

    private void connect(String channel, Runnable subscribed, Consumer<String> heard) {
        if (stopped) {
            return;
        }
        Runnable again = () -> vertx.setTimer(RECONNECT_MILLIS, now -> connect(channel, subscribed, heard));
        connector.connect(vertx.getOrCreateContext())
                .onFailure(failed -> {
                    LOG.debugf("No connection to listen on: %s", failed.toString());
                    again.run();
                })
                .onSuccess(connection -> {
                    connection.closeHandler(closed -> again.run());
                    subscribe(connection, channel, heard).onSuccess(listening -> subscribed.run());
                });
    }

    private static Future<Void> subscribe(SqlConnection connection, String channel, Consumer<String> heard) {
        ((PgConnection) connection).notificationHandler(notification -> heard.accept(notification.getPayload()));
        return connection.query("LISTEN " + channel).execute()
                .onFailure(failed -> {
                    LOG.warnf("The database does not let this replica listen: %s", failed.toString());
                    connection.close(closed -> {
                    });
                })
                .mapEmpty();
    }

    @PreDestroy
    void stop() {
        stopped = true;
        if (connector != null) {
            connector.close().onFailure(failed -> LOG.debugf("The connection was not closed: %s", failed.toString()));
        }
    }
}
