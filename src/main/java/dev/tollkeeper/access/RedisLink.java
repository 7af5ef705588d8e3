package dev.tollkeeper.access;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;

/**
 * The way to Redis: one connection, on which questions do not wait for each other's answers. It is checked each second and
 * made anew when it fails; until then Redis counts as out of reach, and nobody waits for it.
 * <p>
 * Each connection has a client of its own, closed with it: a client's pool never gives up on a server that takes
 * connections and says nothing.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final long CONNECT_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 500;
    private static final long CHECK_MILLIS = 1_000;

    private final Vertx vertx;
    private final RedisOptions options;
    private final long timeoutMillis;
    private final String meanwhile;
    private final Function<RedisConnection, Future<Response>> check;
    /** Where the connection is made and lost, one after the other. */
    private final Context context;
    private volatile Line line;
    private boolean missing;
    private boolean stopped;
    private long checks;

    private record Line(Redis client, RedisConnection connection) {
    }

    /**
     * A way that is not taken before {@link #start()}.
     *
     * @param timeout how long an answer may take
     * @param meanwhile what happens while Redis is out of reach, for the log
     * @param check asks what fails where Redis is of no use
     */
    RedisLink(Vertx vertx, RedisOptions options, Duration timeout, String meanwhile,
            Function<RedisConnection, Future<Response>> check) {
        this.vertx = vertx;
        this.options = options;
        this.timeoutMillis = timeout.toMillis();
        this.meanwhile = meanwhile;
        this.check = check;
        this.context = vertx.getOrCreateContext();
    }

    /** Connects; completes when that has worked or not. From then on it looks after itself. */
    Future<Void> start() {
        Promise<Void> tried = Promise.promise();
        context.runOnContext(now -> {
            connect().onComplete(done -> tried.complete());
            checks = vertx.setPeriodic(CHECK_MILLIS, tick -> checkLine());
        });
        return tried.future();
    }

    boolean isUp() {
        return line != null;
    }

    /** Asks Redis; fails where it is out of reach, refuses, or does not answer in time. */
    Future<Response> ask(Function<RedisConnection, Future<Response>> question) {
        Line asked = line;
        if (asked == null) {
            return Future.failedFuture("Redis is out of reach");
        }
        return ask(asked, question).onFailure(failed -> {
            // What Redis itself answers says nothing against the connection.
            if (!(failed instanceof Response)) {
                lost(asked, failed);
            }
        });
    }

    private Future<Response> ask(Line asked, Function<RedisConnection, Future<Response>> question) {
        return question.apply(asked.connection()).timeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private void checkLine() {
        Line checked = line;
        if (checked != null) {
            ask(checked, check).onFailure(failed -> lost(checked, failed));
        }
    }

    private Future<Line> connect() {
        Redis client = Redis.createClient(vertx, options);
        return client.connect()
                .compose(connection -> check.apply(connection).map(new Line(client, connection)))
                .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(this::found)
                .onFailure(failed -> {
                    client.close();
                    missing(failed);
                });
    }

    private void found(Line found) {
        if (stopped) {
            found.client().close();
            return;
        }
        found.connection().exceptionHandler(failed -> lost(found, failed));
        found.connection().endHandler(ended -> lost(found, new IllegalStateException("the connection ended")));
        line = found;
        if (missing) {
            missing = false;
            LOG.infof("Redis at %s is back", address());
        }
    }

    private void lost(Line lost, Throwable reason) {
        context.runOnContext(now -> {
            if (lost.equals(line)) {
                line = null;
                // Who still waits for an answer may get it; nobody waits longer than this.
                vertx.setTimer(timeoutMillis, timer -> lost.client().close());
                missing(reason);
            }
        });
    }

    private void missing(Throwable reason) {
        if (stopped) {
            return;
        }
        if (!missing) {
            missing = true;
            LOG.warnf("Redis at %s is out of reach (%s). Until it is back, %s. Check TOLLKEEPER_REDIS_URL if this lasts.",
                    address(), reason.getMessage(), meanwhile);
        }
        vertx.setTimer(RETRY_MILLIS, timer -> {
            if (!stopped) {
                connect();
            }
        });
    }

    /** Without the user and password. */
    private String address() {
        return options.getEndpoint().replaceFirst("//.*@", "//");
    }

    /** Ends it for good. */
    void stop() {
        context.runOnContext(now -> {
            stopped = true;
            vertx.cancelTimer(checks);
            Line last = line;
            line = null;
            if (last != null) {
                last.client().close();
            }
        });
    }
}
