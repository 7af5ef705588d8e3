package dev.tollkeeper.load.benchmark;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * The yardstick: a Vert.x HTTP server that does nothing but answer. {@code /row/…} reads one row by its primary key
 * first; everything else answers at once, a POST after its body.
 */
public final class BareServer extends AbstractVerticle {
    private static final Buffer JSON = Buffer.buffer("{\"message\":\"Hello, World!\"}");
    private static final String ROW = "SELECT key_id FROM api_key_secret WHERE digest = $1";

    private final int port;
    private final String database;
    private SqlClient rows;

    private BareServer(int port, String database) {
        this.port = port;
        this.database = database;
    }

    /** Arguments: the port, and the database as {@code postgresql://…}. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        vertx.deployVerticle(() -> new BareServer(port, arguments[1]),
                new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
                .onFailure(failed -> {
                    System.err.println(failed);
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) {
        rows = PgBuilder.client().connectingTo(PgConnectOptions.fromUri(database).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(20).setShared(true).setName("rows")).using(vertx).build();
        vertx.createHttpServer().requestHandler(this::answer).listen(port).<Void>mapEmpty().onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().startsWith("/row/")) {
            byte[] digest = java.util.HexFormat.of().parseHex(request.path().substring("/row/".length()));
            rows.preparedQuery(ROW).execute(Tuple.of(Buffer.buffer(digest)))
                    .onSuccess(found -> request.response().setStatusCode(found.size() == 1 ? 200 : 404).end())
                    .onFailure(failed -> request.response().setStatusCode(500).end());
        } else if (HttpMethod.POST.equals(request.method())) {
            request.body().onSuccess(body -> json(request));
        } else if (request.path().startsWith("/api/auth/forward")) {
            request.response().end();
        } else {
            json(request);
        }
    }

    private static void json(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end(JSON);
    }
}
