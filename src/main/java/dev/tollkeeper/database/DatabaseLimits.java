package dev.tollkeeper.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/**
 * How long anybody waits for the database. One that takes connections and answers nothing, or a network that loses
 * everything, says no word of it: without these limits requests would wait until the operating system gives up, after a
 * quarter of an hour.
 */
@Singleton
class DatabaseLimits {
    /** More requests than this that wait for a connection are told at once to try later. */
    static final int MOST_WAITING = 10_000;
    /** A connection is given up only after the database itself had time to refuse, or the pool to retire it. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private final Duration connect;
    private final Duration request;
    private final boolean readOnly;

    DatabaseLimits(@ConfigProperty(name = "tollkeeper.database.connect-timeout", defaultValue = "5s") Duration connect,
            @ConfigProperty(name = "tollkeeper.database.request-timeout", defaultValue = "15s") Duration request,
            @ConfigProperty(name = "tollkeeper.read-only", defaultValue = "false") boolean readOnly) {
        if (connect.toMillis() < 1 || request.toMillis() < 1) {
            throw new IllegalArgumentException("TOLLKEEPER_DATABASE_CONNECT_TIMEOUT and TOLLKEEPER_DATABASE_REQUEST_TIMEOUT "
                    + "must be at least 1 ms, for example 5s.");
        }
        this.connect = connect;
        this.request = request;
        this.readOnly = readOnly;
    }

    /** How long a connection may take to be made, and how long anybody waits for one of the pool. */
    Duration connect() {
        return connect;
    }

    /** How long nothing may come over a connection of the pool. */
    Duration silence() {
        return request.plus(MARGIN);
    }

    /**
     * The limits of a connection of the pool. The database itself ends a statement, and a transaction in which nothing
     * happens, at the time limit; what was not committed then it rolls back.
     */
    PgConnectOptions onConnection(PgConnectOptions options) {
        String millis = Long.toString(request.toMillis());
        return onChannel(options)
                .addProperty("application_name", "tollkeeper")
                .addProperty("statement_timeout", millis)
                .addProperty("idle_in_transaction_session_timeout", millis)
                // The database itself refuses every change then, whichever code wants to make it.
                .addProperty("default_transaction_read_only", readOnly ? "on" : "off");
    }

    /** The limits of the connection that listens. */
    PgConnectOptions onChannel(PgConnectOptions options) {
        options.setConnectTimeout(Math.toIntExact(connect.toMillis()));
        return options.addProperty("application_name", "tollkeeper-channel");
    }

    /** The limits of the pool. Connections that are not used are retired before their silence is taken for a fault. */
    PoolOptions onPool(PoolOptions options) {
        // No connection timeout here: ConnectionPool sees to that.
        return options.setConnectionTimeout(0)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setIdleTimeout(Math.toIntExact(request.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
