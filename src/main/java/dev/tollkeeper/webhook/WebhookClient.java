package dev.tollkeeper.webhook;

import java.net.InetAddress;
import java.net.URI;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;

/**
 * Posts messages to receivers that nobody here knows: to the address that was checked, with the URL's host in {@code Host}, SNI
 * and the check of the certificate; one connection a message, no redirects, and a time limit on all of it.
 */
@Singleton
class WebhookClient {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_EACH = 100;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Vertx vertx;
    private final Destinations destinations;
    private final long timeoutMillis;
    private final HttpClient http;

    @Inject
    WebhookClient(Vertx vertx, Destinations destinations, WebhookSettings settings) {
        this(vertx, destinations, settings.timeout().toMillis(), new HttpClientOptions());
    }

    /** A client with these options besides its own, such as whom to trust. */
    WebhookClient(Vertx vertx, Destinations destinations, long timeoutMillis, HttpClientOptions options) {
        this.vertx = vertx;
        this.destinations = destinations;
        this.timeoutMillis = timeoutMillis;
        // No traces: a URL may be a secret of the team's, and a trace's id is no business of the receiver's.
        this.http = vertx.createHttpClient(options.setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS).setVerifyHost(true)
                .setTracingPolicy(TracingPolicy.IGNORE), new PoolOptions().setHttp1MaxSize(CONNECTIONS_EACH));
    }

    /** Posts a message; never fails: what went wrong is told in the reply. */
    Future<Reply> post(String url, MultiMap headers, String body) {
        URI to = URI.create(url);
        Exchange exchange = new Exchange();
        long timer = vertx.setTimer(timeoutMillis, late -> exchange.timeUp());
        destinations.find(to.getHost())
                .compose(address -> http.request(options(to, address, headers)))
                .compose(request -> exchange.send(request, Buffer.buffer(body)))
                .onFailure(exchange::fail);
        return exchange.outcome().onComplete(over -> vertx.cancelTimer(timer));
    }

    private static RequestOptions options(URI to, InetAddress address, MultiMap headers) {
        boolean tls = "https".equalsIgnoreCase(to.getScheme());
        int port = to.getPort() > 0 ? to.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String path = to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        return new RequestOptions().setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(to.getHost()).setPort(port).setSsl(tls)
                .setURI(to.getRawQuery() == null ? path : path + '?' + to.getRawQuery())
                .setHeaders(headers);
    }
}
