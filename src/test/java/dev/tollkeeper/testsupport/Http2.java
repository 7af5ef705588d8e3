package dev.tollkeeper.testsupport;

import java.util.concurrent.TimeUnit;

import dev.tollkeeper.testsupport.Load.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/** A client whose requests share one HTTP/2 connection, as a proxy's do; it knows beforehand that the service speaks it. */
public final class Http2 implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final int port;

    /** A client of the service at a port of this machine. */
    public Http2(int port) {
        this.port = port;
    }

    /** A request with a JSON body. */
    public Request post(String path, String credential, String body) {
        return limit -> client.request(HttpMethod.POST, port, "localhost", path)
                .compose(request -> request.putHeader(HttpHeaderNames.AUTHORIZATION, "Bearer " + credential)
                        .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json").send(Buffer.buffer(body)))
                .compose(response -> response.body().compose(text -> Future.succeededFuture(
                        Load.told(response.statusCode(), text.toString()))))
                .toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
