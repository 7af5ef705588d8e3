package dev.tollkeeper.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets an HTTP/2 connection end without a request lost, when the service is told to end: its client is told to send nothing more, with
 * leave for all that is under way, and closes it itself (RFC 9113, 6.8).
 * <p>
 * Quarkus would refuse what the client has sent in that moment and close the connection once it knows of no other request; and Netty ends
 * a connection, with every request on it, where a body comes for a request that was refused. In a rolling restart that cost a few of
 * a thousand requests.
 */
@Singleton
class GoingAway {
    /** Before the routes that come before everything else. */
    private static final int FIRST = 1;
    private static final long NO_ERROR = 0;
    /** Quarkus leaves the connections of this client alone, which for its own fault could not bear otherwise (JDK-8335181). */
    private static final String LEFT_ALONE = "Java-http-client/17";

    private volatile boolean begun;

    void register(@Observes @Priority(FIRST) Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::take);
    }

    void onEnd(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    private void take(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.version() == HttpVersion.HTTP_2) {
            if (begun) {
                // Sent once: a second time says nothing new.
                request.connection().goAway(NO_ERROR, Integer.MAX_VALUE);
            }
            // Quarkus asks who it was when the request has ended, and may have begun to end some moments before this is told.
            routing.addHeadersEndHandler(answered -> request.headers().set(HttpHeaders.USER_AGENT, LEFT_ALONE));
        }
        routing.next();
    }
}
